using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Broker;

/// <summary>Lets the broker follow the market and the clock.</summary>
internal sealed class BrokerTimer(BrokerDesk desk, MarketBoard board, TimeProvider clock) : BackgroundService
{
    // Also without a change of the market, for what only time brings.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = board.Changed;
            desk.Advance();
            await Task.WhenAny(changed, Task.Delay(Longest, clock, stoppingToken));
        }
    }
}
