using AITrader.Venues.Feeds;

namespace AITrader.Venues.Kite.Orders;

/// <summary>Kite's limits of requests, kept on our side. Kite counts in whole seconds, so that what a bucket holds and what comes back
/// within
/// a second stay below the limit together.</summary>
internal sealed class KiteBudgets(TimeProvider time)
{
    private const double Minute = 60;
    private const double Day = 24 * 60 * 60;

    // 10 a second, 400 a minute, 5000 a day.
    private readonly PacedBudget[] _orders = [new(1, 8, time), new(40, 360 / Minute, time), new(1000, 4000 / Day, time)];
    private readonly PacedBudget _others = new(1, 8, time);

    /// <summary>Waits until a new order may be sent.</summary>
    public async Task SpendOrderAsync(CancellationToken ct)
    {
        foreach (var budget in _orders)
        {
            await budget.SpendAsync(1, ct);
        }
    }

    /// <summary>Waits until anything else may be sent.</summary>
    public Task SpendAsync(CancellationToken ct) => _others.SpendAsync(1, ct);
}
