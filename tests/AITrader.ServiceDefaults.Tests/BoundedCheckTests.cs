using AITrader.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.ServiceDefaults.Tests;

/// <summary>A check that hangs is told of; it holds no probe up.</summary>
public sealed class BoundedCheckTests : IDisposable
{
    private static readonly TimeSpan AlmostLate = BoundedCheck.Deadline - TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<HealthCheckResult> _answer = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly ServiceProvider _services;
    private readonly BoundedCheck _check;
    private int _runs;

    public BoundedCheckTests()
    {
        _services = new ServiceCollection().AddScoped<Lease>().BuildServiceProvider();
        _check = new BoundedCheck(
            provider => new Deaf(provider.GetRequiredService<Lease>(), this),
            _services.GetRequiredService<IServiceScopeFactory>(),
            _time
        );
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lease? InUse { get; set; }

    [Fact]
    public async Task A_check_that_ignores_its_token_is_unhealthy_after_two_seconds()
    {
        var answer = AskAsync();
        _time.Advance(AlmostLate);
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((HealthStatus.Unhealthy, "no answer in 2 s"), Words(await answer));
    }

    [Fact]
    public async Task What_is_said_in_time_is_passed_on()
    {
        var answer = AskAsync();
        _time.Advance(AlmostLate);
        _answer.SetResult(HealthCheckResult.Degraded("slow"));

        Assert.Equal((HealthStatus.Degraded, "slow"), Words(await answer));
    }

    [Fact]
    public async Task Probes_of_a_hung_check_wait_for_the_one_run_and_keep_what_it_uses_alive()
    {
        for (var probe = 0; probe < 3; probe++)
        {
            var answer = AskAsync();
            _time.Advance(BoundedCheck.Deadline);
            Assert.Equal((HealthStatus.Unhealthy, "no answer in 2 s"), Words(await answer));
        }

        await _begun.WaitAsync(Ct);
        Assert.Equal((1, false), (_runs, InUse!.IsReturned));
        _answer.SetResult(HealthCheckResult.Healthy());
        await InUse.Returned.WaitAsync(Ct);

        Assert.Equal(HealthStatus.Healthy, (await AskAsync()).Status);
        Assert.Equal(2, _runs);
    }

    [Fact]
    public async Task A_check_that_takes_its_own_cancellation_for_an_answer_hangs_all_the_same()
    {
        var check = new BoundedCheck(static _ => new Silent(), _services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System);

        Assert.Equal((HealthStatus.Unhealthy, "no answer in 2 s"), Words(await check.CheckHealthAsync(Context(check), Ct)));
    }

    [Fact]
    public async Task Every_check_of_a_service_has_the_deadline()
    {
        await using var probe = await Probe.StartAsync(builder =>
            builder
                .Services.AddHealthChecks()
                .AddAsyncCheck("exchange", async () => await _answer.Task, ["any"])
                .AddCheck("model", static () => HealthCheckResult.Healthy())
        );
        var report = await probe.JsonAsync("/ready");

        var checks = report
            .GetProperty("checks")
            .EnumerateArray()
            .ToDictionary(
                static check => check.GetProperty("name").GetString()!,
                static check =>
                    (check.GetProperty("status").GetString(), check.TryGetProperty("description", out var text) ? text.GetString() : null)
            );
        Assert.Equal(("unhealthy", "no answer in 2 s"), checks["exchange"]);
        Assert.Equal(("healthy", null), checks["model"]);
    }

    public void Dispose()
    {
        _answer.TrySetResult(HealthCheckResult.Healthy());
        _services.Dispose();
        _begun.Dispose();
    }

    private Task<HealthCheckResult> AskAsync() => _check.CheckHealthAsync(Context(_check), Ct);

    private static HealthCheckContext Context(IHealthCheck check) =>
        new() { Registration = new HealthCheckRegistration("check", check, failureStatus: null, tags: null) };

    private static (HealthStatus, string?) Words(HealthCheckResult result) => (result.Status, result.Description);

    private sealed class Deaf(Lease lease, BoundedCheckTests test) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            test.InUse = lease;
            Interlocked.Increment(ref test._runs);
            test._begun.Release();
            return test._answer.Task;
        }
    }

    private sealed class Silent : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new HealthCheckResult(context.Registration.FailureStatus);
        }
    }

    private sealed class Lease : IDisposable
    {
        private readonly TaskCompletionSource _returned = new();

        public bool IsReturned => _returned.Task.IsCompleted;

        public Task Returned => _returned.Task;

        public void Dispose() => _returned.TrySetResult();
    }
}
