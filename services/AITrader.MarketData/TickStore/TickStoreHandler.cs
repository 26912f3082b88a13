using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using AITrader.Storage.Ticks;

namespace AITrader.MarketData.TickStore;

/// <summary>Stores ticks; then says so to whoever waits for the stage.</summary>
internal sealed class TickStoreHandler(ITickStore store, IWatermarks watermarks, MarketDataMetrics metrics) : IStreamHandler<Tick>
{
    /// <inheritdoc/>
    public async ValueTask HandleAsync(IReadOnlyList<StreamEntry<Tick>> batch, CancellationToken ct)
    {
        var ticks = batch.Select(static entry => entry.Message).ToList();
        var stored = await store.AppendAsync(ticks, StreamNames.RawTicks, batch[^1].Id, ct);
        metrics.Stored(stored);
        foreach (var run in ticks.Where(static tick => tick.Run.Length > 0).GroupBy(static tick => tick.Run, StringComparer.Ordinal))
        {
            await watermarks.AdvanceAsync(run.Key, ReplayStages.Store, run.Max(static tick => tick.Seq), ct);
        }
    }
}
