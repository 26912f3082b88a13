using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;

namespace AITrader.MarketData.Replay;

/// <summary>Publishes a run batch by batch while its next ticks are waited for: one batch travels, the next one is collected. For one
/// caller.</summary>
/// <remarks>A batch leaves only when the one before it is stored, so what is stored is always a prefix of the run. Marks and records follow
/// behind and hold no tick up.</remarks>
internal sealed class ReplayOutlet(
    IStreamPublisher publisher,
    IWatermarks watermarks,
    MarketCaches caches,
    ReplayStatus status,
    MarketDataMetrics metrics
)
{
    private Task _stored = Task.CompletedTask;
    private Task _recorded = Task.CompletedTask;
    private List<Tick> _collected = [];
    private List<Tick> _underWay = [];
    private long _published;

    /// <summary>What goes out with the next batch.</summary>
    public List<Tick> Batch => _collected;

    /// <summary>Returns when a batch can leave at once; throws what became of those before it.</summary>
    /// <exception cref="BusUnavailableException">A batch, or its watermark, was not stored.</exception>
    public async Task FreeAsync()
    {
        await _stored;
        if (_recorded.IsCompleted)
        {
            await _recorded;
        }
    }

    /// <summary>Lets the collected batch go, once the one before it is stored. <paramref name="progress"/> is called when the run's
    /// watermark has reached its last tick.</summary>
    public async Task SendAsync(string run, Func<long, Task> progress, CancellationToken ct)
    {
        await FreeAsync();
        (_underWay, _collected) = (_collected, _underWay);
        _collected.Clear();
        _stored = StoreAsync(_underWay, ct);
        _recorded = RecordAsync(_recorded, _stored, run, _underWay[^1].Seq, progress, ct);
    }

    /// <summary>Returns when nothing is under way and everything is marked.</summary>
    /// <exception cref="BusUnavailableException">A batch, or its watermark, was not stored.</exception>
    public Task SettleAsync() => _recorded;

    /// <summary>Drops what is collected and waits for what is under way, whatever becomes of it: who goes on afterwards asks the stream
    /// where it ends.</summary>
    public async Task ResetAsync()
    {
        await _stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _recorded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        (_stored, _recorded) = (Task.CompletedTask, Task.CompletedTask);
        _collected.Clear();
    }

    private async Task StoreAsync(List<Tick> batch, CancellationToken ct)
    {
        await publisher.PublishAsync<Tick>(batch, ct);
        var last = batch[^1];
        caches.Observe(batch);
        metrics.Published(batch.Count, last.Source);
        status.Advance(last.Seq, last.Timestamp);
        Volatile.Write(ref _published, last.Seq);
    }

    private async Task RecordAsync(Task before, Task stored, string run, long last, Func<long, Task> progress, CancellationToken ct)
    {
        await stored;
        await before;

        // Where more is stored by now, the record behind this one says it all.
        if (Volatile.Read(ref _published) == last)
        {
            await watermarks.AdvanceAsync(run, ReplayStages.Published, last, ct);
            await progress(last);
        }
    }
}
