using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>What is known after an execution.</summary>
public sealed record PostTradeContext
{
    /// <summary>The execution.</summary>
    public required Fill Fill { get; init; }

    /// <summary>The order after it.</summary>
    public required Order Order { get; init; }

    /// <summary>Price of the newest tick before it; null where there was none.</summary>
    public required decimal? Mark { get; init; }

    /// <summary>Signed position before it.</summary>
    public required decimal Before { get; init; }

    /// <summary>Signed position after it.</summary>
    public required decimal After { get; init; }

    /// <summary>What the identity of the ledger is off by.</summary>
    public required decimal Imbalance { get; init; }

    /// <summary>Bounds.</summary>
    public required RiskLimits Limits { get; init; }

    /// <summary>Executions so far, this one included.</summary>
    public required OrderActivity Activity { get; init; }
}

/// <summary>The checks after a trade, in order; a breach halts.</summary>
public static class PostTradeChecks
{
    private const decimal BpsPerUnit = 10_000m;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Bounds that make these checks worth asking.</summary>
    public static bool AreAsked(RiskLimits limits) =>
        limits.Bounds.HasAny(LimitKind.FillCollarBps, LimitKind.FillsPerSecond, LimitKind.SlippageBps);

    /// <summary>The first breach; null where all is well.</summary>
    public static Denial? Check(PostTradeContext context) =>
        Identity(context) ?? Overfill(context) ?? Collar(context) ?? Rate(context) ?? Slippage(context);

    private static Denial? Identity(PostTradeContext context) =>
        context.Before + context.Fill.SignedQuantity == context.After && context.Imbalance == 0m
            ? null
            : Denial.Of(
                DenialCodes.PositionIdentity,
                ("before", context.Before),
                ("fill", context.Fill.SignedQuantity),
                ("after", context.After),
                ("imbalance", context.Imbalance)
            );

    private static Denial? Overfill(PostTradeContext context) =>
        context.Order.Overfill > 0m
            ? Denial.Of(DenialCodes.PositionIdentity, ("order", context.Order.Id), ("overfill", context.Order.Overfill))
            : null;

    private static Denial? Collar(PostTradeContext context)
    {
        if (context.Limits[LimitKind.FillCollarBps] is not { } max)
        {
            return null;
        }

        if (context.Mark is not > 0m)
        {
            return Denial.Of(DenialCodes.NoReferencePrice, ("symbol", context.Fill.Symbol));
        }

        var away = Math.Abs(context.Fill.Price - context.Mark.Value) / context.Mark.Value * BpsPerUnit;
        return away > max
            ? Denial.Of(DenialCodes.FillCollar, ("price", context.Fill.Price), ("reference", context.Mark), ("max", max))
            : null;
    }

    private static Denial? Rate(PostTradeContext context)
    {
        var count = context.Activity.FillsWithin(Second, context.Fill.Timestamp);
        return count > context.Limits[LimitKind.FillsPerSecond]
            ? Denial.Of(DenialCodes.FillRate, ("count", count), ("max", context.Limits[LimitKind.FillsPerSecond]))
            : null;
    }

    private static Denial? Slippage(PostTradeContext context)
    {
        if (context.Limits[LimitKind.SlippageBps] is not { } max || context.Order.Reference is not { } reference)
        {
            return null;
        }

        var slippage = context.Fill.Side.Sign() * (context.Fill.Price - reference) / reference * BpsPerUnit;
        return slippage > max
            ? Denial.Of(DenialCodes.Slippage, ("price", context.Fill.Price), ("reference", reference), ("max", max))
            : null;
    }
}
