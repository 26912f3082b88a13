using AITrader.Contracts;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using AITrader.Storage.Ticks;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Feed;

/// <summary>Where the process before this one ended, so that a feed can go on from there. What was published counts, stored or not
/// yet.</summary>
internal sealed class EarlierTicks(
    IStreamAdmin streams,
    ITickHistory history,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<EarlierTicks> logger
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The newest tick of each symbol, or trade where <paramref name="needsTrade"/>; empty where nobody can say now, which is
    /// written down.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, TickNewest>> FindAsync(
        string source,
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        CancellationToken ct
    )
    {
        if (options.Value.ResumeWithin == TimeSpan.Zero)
        {
            return new Dictionary<string, TickNewest>();
        }

        try
        {
            var start = time.GetTimestamp();
            while (!await IsAllStoredAsync(ct))
            {
                if (time.GetElapsedTime(start) > Patience)
                {
                    logger.EarlierTicksUnknown(source, "the tick store is behind the stream");
                    return new Dictionary<string, TickNewest>();
                }

                await Task.Delay(Pause, time, ct);
            }

            return await history.NewestAsync(source, symbols, needsTrade, time.GetUtcNow() - options.Value.ResumeWithin, ct);
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested && failure is not BusUnavailableException && TransientFailures.Includes(failure))
        {
            logger.EarlierTicksUnknown(source, failure.Message);
            return new Dictionary<string, TickNewest>();
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
