using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.Caches;

/// <summary>Writes changed readings to Redis a few times a second, however many ticks there were.</summary>
internal sealed class CacheLoop(Lane lane, MarketCaches caches, ICache cache, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override string Name => $"{nameof(CacheLoop)} ({lane.Name})";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var items = caches.TakeChanges();
            if (items.Count > 0)
            {
                await cache.SetManyAsync(
                    [.. items.Select(item => KeyValuePair.Create(lane.Key(item.Key), item.Value))],
                    CacheKeys.MarketTtl,
                    stoppingToken
                );
            }

            ReportProgress();
        }
    }
}
