using AITrader.Contracts;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using AITrader.Storage.Ticks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>Where the process before this one ended, so that a feed can go on from there. What was published counts, stored or not
/// yet.</summary>
internal sealed class EarlierTicks(
    VenueDefinition venue,
    IStreamAdmin streams,
    ITickHistory history,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<EarlierTicks> logger
)
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The newest tick of each symbol, or trade where <paramref name="needsTrade"/>; empty where that cannot be known now, which
    /// is logged.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, RecordedTick>> FindAsync(
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        CancellationToken ct
    )
    {
        if (options.Value.ResumeWithin == TimeSpan.Zero)
        {
            return new Dictionary<string, RecordedTick>();
        }

        try
        {
            var start = time.GetTimestamp();
            while (!await IsAllStoredAsync(ct))
            {
                if (time.GetElapsedTime(start) > StoreTimeout)
                {
                    logger.EarlierTicksUnknown(venue.Name, "the tick store is behind the stream");
                    return new Dictionary<string, RecordedTick>();
                }

                await Task.Delay(PollInterval, time, ct);
            }

            var since = time.GetUtcNow() - options.Value.ResumeWithin;
            return (await history.NewestAsync(venue.Name, symbols, needsTrade, since, ct)).ToDictionary(
                static pair => pair.Key,
                static pair => new RecordedTick(pair.Value.Timestamp, pair.Value.TradeId)
            );
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested && failure is not BusUnavailableException && TransientFailures.Includes(failure))
        {
            logger.EarlierTicksUnknown(venue.Name, failure.Message);
            return new Dictionary<string, RecordedTick>();
        }
    }

    // What was taken from the source and not stored yet would be taken once more.
    private async Task<bool> IsAllStoredAsync(CancellationToken ct)
    {
        var ticks = (await streams.DescribeAsync(ct)).FirstOrDefault(static stream => stream.Name == StreamNames.RawTicks);
        return ticks is null or { Length: 0 }
            || ticks.Groups.Any(static group => group is { Name: ConsumerGroups.Audit, Pending: 0, Lag: 0 });
    }
}
