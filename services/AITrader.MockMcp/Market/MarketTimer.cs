using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Market;

/// <summary>Advances the simulated market at its configured rate.</summary>
internal sealed class MarketTimer(MarketBoard board, MarketControl control, IOptions<MarketOptions> options, TimeProvider clock)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var market = new MarketSimulator(options.Value);
        board.Show(market, clock.GetUtcNow());
        if (options.Value.TicksPerSecond <= 0)
        {
            return;
        }

        var day = IndianTime.DateOf(clock.GetUtcNow());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.Value.TicksPerSecond), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            day = StartDay(market, day, IndianTime.DateOf(now));
            control.ApplyTo(market);
            market.Step();
            board.Show(market, now);
        }
    }

    private static DateOnly StartDay(MarketSimulator market, DateOnly day, DateOnly today)
    {
        if (today != day)
        {
            foreach (var book in market.Books)
            {
                book.StartDay();
            }
        }

        return today;
    }
}
