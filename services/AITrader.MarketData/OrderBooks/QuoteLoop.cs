using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.OrderBooks;

/// <summary>Makes order books of one level of the best bids and asks, for symbols without depth.</summary>
internal sealed class QuoteLoop(LaneMarkets markets, TimeProvider time, Supervisor supervisor) : SupervisedService(supervisor)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override string Name => $"{nameof(QuoteLoop)} ({markets.Lane.Name})";

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (symbol, quote) in markets.Caches.TakeQuotes())
            {
                markets.Books.Quote(symbol, quote.Source, quote.Bid, quote.Ask, quote.TimeMicros);
            }

            ReportProgress();
        }
    }
}
