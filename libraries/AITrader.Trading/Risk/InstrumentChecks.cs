using AITrader.Domain.Orders;
using AITrader.Domain.Time;

namespace AITrader.Trading.Risk;

/// <summary>What the exchange would refuse. No limit: they hold for every order.</summary>
internal static class InstrumentChecks
{
    /// <summary>Those that need no market, in order.</summary>
    public static Func<RiskContext, Denial?>[] All { get; } = [Session, Quantity, Freeze, Precision, Band];

    /// <summary>The smallest notional of the exchange, at the worst price.</summary>
    public static Denial? Notional(RiskContext context)
    {
        var notional = context.Request.Quantity * context.WorstPrice!.Value;
        return context.Terms!.MinNotional is { } min && notional < min
            ? Denial.Of(DenialCodes.NotionalTooSmall, ("notional", notional), ("min", min))
            : null;
    }

    private static Denial? Session(RiskContext context) =>
        context.Calendar is { } calendar && !calendar.IsOpen(EventTime.ToMicros(context.Request.EventTime))
            ? Denial.Of(
                DenialCodes.SessionClosed,
                ("at", context.Request.EventTime),
                ("opens", EventTime.FromMicros(calendar.NextOpen(EventTime.ToMicros(context.Request.EventTime))))
            )
            : null;

    private static Denial? Quantity(RiskContext context)
    {
        var (terms, quantity) = (context.Terms!, context.Request.Quantity);
        return terms.MinQuantity is { } min && quantity < min ? Denial.Of(DenialCodes.QuantityTooSmall, ("qty", quantity), ("min", min))
            : terms.MaxQuantity is { } max && quantity > max ? Denial.Of(DenialCodes.QuantityTooLarge, ("qty", quantity), ("max", max))
            : null;
    }

    // Of an iceberg the exchange sees a slice.
    private static Denial? Freeze(RiskContext context)
    {
        var quantity = context.Request.Conditions.DisplayQuantity ?? context.Request.Quantity;
        return context.Terms!.FreezeQuantity is { } freeze && quantity > freeze
            ? Denial.Of(DenialCodes.FreezeQuantity, ("qty", quantity), ("freeze", freeze))
            : null;
    }

    private static Denial? Precision(RiskContext context)
    {
        var (terms, request) = (context.Terms!, context.Request);
        if (terms.QuantityDecimals is { } places && decimal.Round(request.Quantity, places) != request.Quantity)
        {
            return Denial.Of(DenialCodes.QuantityPrecision, ("qty", request.Quantity), ("decimals", places));
        }

        return
            Prices(request).FirstOrDefault(price => terms.PriceDecimals is { } decimals && decimal.Round(price, decimals) != price)
                is > 0m
                    and var wrong
            ? Denial.Of(DenialCodes.PricePrecision, ("price", wrong), ("decimals", terms.PriceDecimals))
            : null;
    }

    private static Denial? Band(RiskContext context) =>
        context.Band is { } band
        && Prices(context.Request).FirstOrDefault(price => price < band.Lowest || price > band.Highest) is > 0m and var outside
            ? Denial.Of(DenialCodes.PriceBand, ("price", outside), ("lowest", (decimal)band.Lowest), ("highest", (decimal)band.Highest))
            : null;

    private static IEnumerable<decimal> Prices(OrderRequest request)
    {
        if (request.LimitPrice is { } limit)
        {
            yield return limit;
        }

        if (request.Conditions.TriggerPrice is { } trigger)
        {
            yield return trigger;
        }
    }
}
