namespace AITrader.Venues.Feeds;

/// <summary>A token bucket: what may be spent at once, and what is given back each second, so that a venue's limit is kept. Callers are
/// served in their order. Safe from any thread.</summary>
/// <remarks>In no stretch of time is more spent than <paramref name="atOnce"/> and what is given back meanwhile.</remarks>
/// <param name="atOnce">Most that may be spent at once.</param>
/// <param name="perSecond">What is given back each second.</param>
/// <param name="time">Time.</param>
internal sealed class PacedBudget(double atOnce, double perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _spent;
    private long _counted = time.GetTimestamp();

    /// <summary>Spends, and says how long to wait before that may be done.</summary>
    public TimeSpan Reserve(double cost)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _spent = Math.Max(0, _spent - (time.GetElapsedTime(_counted, now).TotalSeconds * perSecond)) + cost;
            _counted = now;
            return _spent <= atOnce ? TimeSpan.Zero : TimeSpan.FromSeconds((_spent - atOnce) / perSecond);
        }
    }

    /// <summary>Waits until it may be spent.</summary>
    /// <returns>How long that was.</returns>
    public async Task<TimeSpan> SpendAsync(double cost, CancellationToken ct)
    {
        var pause = Reserve(cost);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, ct);
        }

        return pause;
    }
}
