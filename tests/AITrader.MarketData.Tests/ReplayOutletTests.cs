using System.Diagnostics.Metrics;
using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Replay;
using AITrader.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.MarketData.Tests;

public sealed class ReplayOutletTests : IDisposable
{
    private const string Run = "capture-1";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SlowBus _bus = new();
    private readonly ReplayStatus _status = new();
    private readonly List<long> _progress = [];
    private readonly ReplayOutlet _outlet;

    public ReplayOutletTests() =>
        _outlet = new ReplayOutlet(
            _bus,
            _bus,
            new MarketCaches(),
            _status,
            new MarketDataMetrics(_services.GetRequiredService<IMeterFactory>())
        );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Collects_while_a_batch_travels_and_lets_the_next_one_go_only_when_that_is_stored()
    {
        await SendAsync(1, 2);
        _outlet.Batch.Add(Tick(3));
        var second = _outlet.SendAsync(Run, ProgressAsync, Ct);

        Assert.False(second.IsCompleted);
        Assert.Equal(
            [
                [1, 2],
            ],
            _bus.Requests
        );
        _bus.Store();
        await second;
        Assert.Equal(
            [
                [1, 2],
                [3],
            ],
            _bus.Requests
        );
        _bus.Store();
        await _outlet.SettleAsync();
        Assert.Equal((3, 3), (_status.View.Published, _progress[^1]));
        Assert.Equal(3, _bus.Marks[^1]);
    }

    [Fact]
    public async Task Marks_lag_behind_without_holding_ticks_up_and_only_the_newest_is_made_good()
    {
        _bus.HoldMarks();
        for (var seq = 1; seq <= 5; seq++)
        {
            await SendAsync(seq);
            _bus.Store();
            await _outlet.FreeAsync();
        }

        Assert.Equal(5, _bus.Requests.Count);
        Assert.Equal([1], _bus.Marks);
        _bus.ReleaseMarks();
        await _outlet.SettleAsync();
        Assert.Equal([1, 5], _bus.Marks);
        Assert.Equal([1, 5], _progress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_at_the_next_batch_what_became_of_the_one_before(bool isMark)
    {
        await SendAsync(1);
        _bus.FailMarks = isMark;
        if (isMark)
        {
            _bus.Store();
        }
        else
        {
            _bus.Fail();
        }

        _outlet.Batch.Add(Tick(2));
        await Assert.ThrowsAsync<BusUnavailableException>(() => _outlet.SendAsync(Run, ProgressAsync, Ct));
        Assert.Equal(
            [
                [1],
            ],
            _bus.Requests
        );
        await Assert.ThrowsAsync<BusUnavailableException>(_outlet.SettleAsync);

        await _outlet.ResetAsync();
        Assert.Empty(_outlet.Batch);
        await _outlet.SettleAsync();
    }

    [Fact]
    public async Task Is_reset_only_when_nothing_is_under_way()
    {
        await SendAsync(1);
        _outlet.Batch.Add(Tick(2));
        var reset = _outlet.ResetAsync();

        Assert.False(reset.IsCompleted);
        _bus.Store();
        await reset;
        Assert.Equal([1], _bus.Marks);
        Assert.Equal(1, _status.View.Published);
        Assert.Empty(_outlet.Batch);
    }

    private async Task SendAsync(params long[] seqs)
    {
        _outlet.Batch.AddRange(seqs.Select(Tick));
        await _outlet.SendAsync(Run, ProgressAsync, Ct);
    }

    private Task ProgressAsync(long seq)
    {
        _progress.Add(seq);
        return Task.CompletedTask;
    }

    private static Tick Tick(long seq) =>
        new()
        {
            Symbol = "A",
            Price = Price.Of(1),
            Volume = Quantity.Of(1),
            Kind = TickKind.Trade,
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(seq),
            Source = "test",
            Seq = seq,
            Run = Run,
        };

    /// <summary>A bus whose answers come when the test says so, in the thread of the test.</summary>
    private sealed class SlowBus : IStreamPublisher, IWatermarks
    {
        private TaskCompletionSource _storing = new();
        private TaskCompletionSource? _marking;

        public List<long[]> Requests { get; } = [];

        public List<long> Marks { get; } = [];

        public bool FailMarks { get; set; }

        public void Store() => Next().SetResult();

        public void Fail() => Next().SetException(new BusUnavailableException("gone"));

        public void HoldMarks() => _marking = new TaskCompletionSource();

        public void ReleaseMarks() => _marking!.SetResult();

        public Task<string> PublishAsync<T>(T message, CancellationToken ct)
            where T : class => throw new NotSupportedException();

        public Task PublishAsync<T>(IReadOnlyList<T> messages, CancellationToken ct)
            where T : class
        {
            Requests.Add([.. messages.Cast<Tick>().Select(static tick => tick.Seq)]);
            return _storing.Task;
        }

        public Task<long> GetAsync(string run, string stage, CancellationToken ct) => throw new NotSupportedException();

        public Task AdvanceAsync(string run, string stage, long seq, CancellationToken ct)
        {
            Assert.Equal((Run, ReplayStages.Published), (run, stage));
            Marks.Add(seq);
            return FailMarks ? Task.FromException(new BusUnavailableException("gone")) : _marking?.Task ?? Task.CompletedTask;
        }

        public Task<long> WaitForAsync(string run, string stage, long atLeast, CancellationToken ct) => throw new NotSupportedException();

        private TaskCompletionSource Next()
        {
            var present = _storing;
            _storing = new TaskCompletionSource();
            return present;
        }
    }
}
