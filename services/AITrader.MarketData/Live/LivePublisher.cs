using AITrader.Domain.Ticks;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;

namespace AITrader.MarketData.Live;

/// <summary>Publishes live ticks, each once: while Redis is away the feed waits, and what was stored without being confirmed is not sent
/// again.</summary>
internal sealed class LivePublisher(
    IStreamPublisher publisher,
    IStreamTail tail,
    MarketCaches caches,
    MarketDataMetrics metrics,
    FeedMetrics feedMetrics,
    FeedState state,
    TimeProvider time
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Sequence of the newest live tick on the stream; 0 where there is none.</summary>
    public async Task<long> LastAsync(CancellationToken ct) => await tail.LastAsync<Tick>(ct) is { } last ? last.Message.Seq : 0;

    public async Task PublishAsync(List<Tick> ticks, CancellationToken ct)
    {
        caches.Observe(ticks);
        metrics.Published(ticks.Count, ticks[0].Source);
        if (!await TryPublishAsync(ticks, ct))
        {
            await InsistAsync(ticks, ct);
        }

        ticks.Clear();
    }

    private async Task InsistAsync(List<Tick> ticks, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        state.LoseBus();
        try
        {
            // What was sent without an answer may lie before a server that hangs, to be stored yet: nothing is sent again before the
            // stream's end is known.
            do
            {
                await Task.Delay(Pause, time, ct);
            } while (!await TryForgetStoredAsync(ticks, ct) || (ticks.Count > 0 && !await TryPublishAsync(ticks, ct)));
        }
        finally
        {
            state.FindBus();
            feedMetrics.BusAway(time.GetElapsedTime(start));
        }
    }

    private async Task<bool> TryPublishAsync(List<Tick> ticks, CancellationToken ct)
    {
        try
        {
            await publisher.PublishAsync<Tick>(ticks, ct);
            return true;
        }
        catch (BusUnavailableException)
        {
            return false;
        }
    }

    // Commands of one connection are carried out in order: an answer to this one comes after all that was sent before.
    private async Task<bool> TryForgetStoredAsync(List<Tick> ticks, CancellationToken ct)
    {
        try
        {
            var last = await LastAsync(ct);
            ticks.RemoveAll(tick => tick.Seq <= last);
            return true;
        }
        catch (BusUnavailableException)
        {
            return false;
        }
    }
}
