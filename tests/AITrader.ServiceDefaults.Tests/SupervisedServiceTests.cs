using System.Collections.Concurrent;
using AITrader.ServiceDefaults.Supervision;
using AITrader.TestSupport;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Tests;

public sealed class SupervisedServiceTests : IDisposable
{
    private readonly ObservedTime _time = new();
    private readonly Lines _lines = new();
    private readonly Supervisor _supervisor;
    private readonly Loop _loop;
    private int _passed;

    public SupervisedServiceTests()
    {
        _supervisor = new Supervisor(_time, _lines);
        _loop = new Loop(_supervisor);
    }

    [Fact]
    public async Task A_failure_is_logged_once_of_each_kind_and_then_counted()
    {
        _loop.Behave = static _ => throw new TimeoutException("redis is gone");
        await _loop.StartAsync(CancellationToken.None);
        await FailAsync(times: 5);
        _loop.Behave = static _ => throw new IOException("disk is full");
        await FailAsync(times: 5);
        Assert.Equal(2, _lines.Written.Length);
        Assert.All(_lines.Written, static line => Assert.StartsWith("Loop failed", line, StringComparison.Ordinal));
        Assert.InRange(_supervisor.Loops.Single().Failures, 10, 100);
    }

    [Fact]
    public async Task Pauses_grow_to_one_second_and_no_further()
    {
        _loop.Behave = static _ => throw new TimeoutException("gone");
        await _loop.StartAsync(CancellationToken.None);
        foreach (var delay in new[] { 50, 100, 200, 400, 800, 1000, 1000, 1000 })
        {
            await WaitForPauseAsync();
            var calls = _loop.Calls;
            Pass(TimeSpan.FromMilliseconds(delay - 1));
            Assert.Equal(calls, _loop.Calls);
            Pass(TimeSpan.FromMilliseconds(1));
            await Eventually.TrueAsync(() => _loop.Calls == calls + 1, $"a call after {delay} ms");
        }
    }

    [Fact]
    public async Task Recovery_is_said_once_and_the_next_failure_is_news()
    {
        _loop.Behave = static _ => throw new TimeoutException("gone");
        await _loop.StartAsync(CancellationToken.None);
        await FailAsync(times: 3);
        var works = new SemaphoreSlim(0);
        _loop.Behave = async ct =>
        {
            _loop.Progress();
            _loop.Progress();
            await works.WaitAsync(ct);
            throw new TimeoutException("gone again");
        };
        await WaitForPauseAsync();
        Pass(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => _supervisor.Loops.Single().FailingSince is null, "recovery");
        works.Release();
        await WaitForPauseAsync();
        Assert.Equal(["Loop failed", "Loop works ", "Loop failed"], _lines.Written.Select(static line => line[..11]));
    }

    [Fact]
    public async Task Health_forgives_a_moment_and_not_an_outage()
    {
        _loop.Behave = static _ => throw new TimeoutException("Host=db;Password=hunter2 is gone");
        await _loop.StartAsync(CancellationToken.None);
        await WaitForPauseAsync();
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync()).Status);
        await FailAsync(times: 12);
        var result = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("is gone", result.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_that_returns_is_finished_and_healthy()
    {
        _loop.Behave = static _ => Task.CompletedTask;
        await _loop.StartAsync(CancellationToken.None);
        await _loop.ExecuteTask!;
        Assert.True(_supervisor.Loops.Single().IsFinished);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Stopping_ends_it_even_in_a_pause()
    {
        _loop.Behave = static _ => throw new TimeoutException("gone");
        await _loop.StartAsync(CancellationToken.None);
        await WaitForPauseAsync();
        await _loop.StopAsync(CancellationToken.None);
        Assert.True(_loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _lines.Dispose();
    }

    private Task<HealthCheckResult> CheckAsync() => new LoopsCheck(_supervisor).CheckHealthAsync(new HealthCheckContext());

    private Task WaitForPauseAsync() => Eventually.TrueAsync(() => _time.Waits > _passed, "a delay");

    private void Pass(TimeSpan span)
    {
        _passed = _time.Waits;
        _time.Advance(span);
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await WaitForPauseAsync();
            Pass(TimeSpan.FromSeconds(1));
        }

        await WaitForPauseAsync();
    }

    private sealed class Loop(Supervisor supervisor) : SupervisedService(supervisor)
    {
        private int _calls;

        public Func<CancellationToken, Task> Behave { get; set; } = static _ => Task.CompletedTask;

        public int Calls => Volatile.Read(ref _calls);

        public void Progress() => ReportProgress();

        protected override Task RunAsync(CancellationToken stoppingToken)
        {
            Interlocked.Increment(ref _calls);
            return Behave(stoppingToken);
        }
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _written = [];

        public string[] Written => [.. _written];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _written.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
