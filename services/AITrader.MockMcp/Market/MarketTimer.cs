using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Market;

/// <summary>Advances the simulated market at its configured rate.</summary>
internal sealed class MarketTimer(LiveMarket market, IOptions<MarketOptions> options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.TicksPerSecond <= 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.Value.TicksPerSecond), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            market.Step(clock.GetUtcNow());
        }
    }
}
