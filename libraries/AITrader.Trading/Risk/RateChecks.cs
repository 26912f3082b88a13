namespace AITrader.Trading.Risk;

/// <summary>Limits of how often, in event time. Orders that are denied do not count.</summary>
public static class RateChecks
{
    private const int RatioFrom = 100;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Those of new orders, in order.</summary>
    internal static Func<RiskContext, Denial?>[] All { get; } = [PerSecond, PerMinute, Ratio];

    /// <summary>Whether a working order may be changed; null where it may.</summary>
    public static Denial? Modify(OrderActivity activity, RiskLimits limits, DateTimeOffset at) =>
        Over(DenialCodes.ModifyRate, activity.ModifiesWithin(Second, at), limits[LimitKind.ModifiesPerSecond], Second);

    private static Denial? PerSecond(RiskContext context) => Orders(context, LimitKind.OrdersPerSecond, Second);

    private static Denial? PerMinute(RiskContext context) => Orders(context, LimitKind.OrdersPerMinute, Minute);

    private static Denial? Orders(RiskContext context, LimitKind kind, TimeSpan span) =>
        context.Limits[kind] is null
            ? null
            : Over(DenialCodes.OrderRate, context.Activity.OrdersWithin(span, context.Request.EventTime), context.Limits[kind], span);

    private static Denial? Over(string code, int count, decimal? max, TimeSpan span) =>
        count + 1 > max ? Denial.Of(code, ("count", count + 1), ("max", max), ("within", span)) : null;

    private static Denial? Ratio(RiskContext context)
    {
        var (messages, trades) = (context.Activity.Messages + 1, context.Activity.Trades);
        return context.Limits[LimitKind.OrdersPerTrade] is { } max && messages >= RatioFrom && messages > max * Math.Max(1, trades)
            ? Denial.Of(DenialCodes.OrderToTrade, ("orders", messages), ("trades", trades), ("max", max))
            : null;
    }
}
