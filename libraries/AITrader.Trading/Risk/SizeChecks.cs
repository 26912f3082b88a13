using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>Limits of the size of one order.</summary>
internal static class SizeChecks
{
    /// <summary>A sale that would open a short position where none can be had.</summary>
    public static Denial? Short(RiskContext context) =>
        context is { Request.Side: Side.Sell, Terms.IsShortable: false }
            ? Denial.Of(DenialCodes.ShortNotAvailable, ("position", context.Position), ("adds", context.Adding))
            : null;

    /// <summary>The part that adds against the largest, the whole against the smallest quantity.</summary>
    public static Denial? Quantity(RiskContext context)
    {
        var quantity = context.Request.Quantity;
        return context.Limits[LimitKind.MinQuantity] is { } min && quantity < min
                ? Denial.Of(DenialCodes.QuantityTooSmall, ("qty", quantity), ("min", min))
            : context.Limits[LimitKind.MaxQuantity] is { } max && context.Adding > max
                ? Denial.Of(DenialCodes.QuantityTooLarge, ("adds", context.Adding), ("max", max))
            : null;
    }
}
