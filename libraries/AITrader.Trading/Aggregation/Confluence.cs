namespace AITrader.Trading.Aggregation;

/// <summary>How far the other patterns of a symbol agree.</summary>
/// <param name="Value">Sum of direction × strength × (1 - age / window) over the newest signal of each other pattern, over the sum that
/// counts in full; not bounded yet.</param>
/// <param name="Bullish">Patterns that point up.</param>
/// <param name="Bearish">Patterns that point down.</param>
public readonly record struct Confluence(double Value, int Bullish, int Bearish)
{
    /// <summary>Whether any other pattern has spoken.</summary>
    public bool IsAny => Bullish + Bearish > 0;

    /// <summary>What the other patterns say at a signal of <paramref name="pattern"/>. A pattern counts once, by its newest signal.
    /// </summary>
    public static Confluence Of(IReadOnlyList<RecentSignal> recent, string pattern, DateTimeOffset at, AggregationRules rules)
    {
        ArgumentNullException.ThrowIfNull(recent);
        ArgumentNullException.ThrowIfNull(rules);
        var newest = recent
            .Where(one => one.Pattern != pattern && one.At <= at && at - one.At < rules.ConfluenceWindow)
            .GroupBy(static one => one.Pattern, StringComparer.Ordinal)
            .Select(static same => same.OrderBy(static one => one.At).Last())
            .OrderBy(static one => one.Pattern, StringComparer.Ordinal)
            .ToList();
        var sum = newest.Sum(one => one.Direction * Strength(one) * (1d - ((at - one.At) / rules.ConfluenceWindow)));
        return new Confluence(
            sum / rules.ConfluenceFull,
            newest.Count(static one => one.Direction > 0),
            newest.Count(static one => one.Direction < 0)
        );
    }

    private static double Strength(RecentSignal one) => double.IsNaN(one.Score) ? 0d : Math.Clamp(one.Score, 0d, 1d);
}
