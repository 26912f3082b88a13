namespace AITrader.Trading.Aggregation;

/// <summary>Finds signals that say once more what was said.</summary>
public static class Repeats
{
    /// <summary>The signal that this one repeats; null where it is new. A repeat does not begin the window anew, so a detector that fires
    /// all the time is heard once in every window.</summary>
    public static RecentSignal? Original(
        IReadOnlyList<RecentSignal> recent,
        string pattern,
        int direction,
        DateTimeOffset at,
        AggregationRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(recent);
        ArgumentNullException.ThrowIfNull(rules);
        return recent
            .Where(one =>
                !one.IsRepeat && one.Pattern == pattern && one.Direction == direction && one.At <= at && at - one.At < rules.RepeatWindow
            )
            .MaxBy(static one => one.At);
    }
}
