using AITrader.Contracts;
using AITrader.MarketData.OrderBooks;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.Caches;

/// <summary>Writes changed readings to Redis a few times a second, however many ticks there were.</summary>
internal sealed class CacheLoop(MarketCaches caches, BookPublisher books, ICache cache, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var items = caches.TakeChanges();
            if (items.Count > 0)
            {
                await cache.SetManyAsync(items, CacheKeys.MarketTtl, stoppingToken);
            }

            foreach (var (symbol, quote) in caches.TakeQuotes())
            {
                books.Quote(symbol, quote.Source, quote.Bid, quote.Ask, quote.TimeMicros);
            }

            ReportProgress();
        }
    }
}
