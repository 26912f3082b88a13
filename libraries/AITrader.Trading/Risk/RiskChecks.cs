using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>The pre-trade checks, in order; the first that fails denies.</summary>
/// <remarks>
/// The first are about whether the order makes sense at all, and whether the exchange would take it: they hold for every order. The
/// rest are limits, and no limit blocks an order that reduces risk.
/// </remarks>
public static class RiskChecks
{
    private static readonly Func<RiskContext, Denial?>[] Sanity =
    [
        Reconciled,
        Unique,
        CurrentRun,
        KnownInstrument,
        Convertible,
        PositiveQuantity,
        WholeLots,
        ValidPrice,
        OnTick,
        .. ConditionChecks.All,
        .. InstrumentChecks.All,
        FreshPrice,
        ConditionChecks.WouldCross,
        InstrumentChecks.Notional,
        PriceChecks.SelfTrade,
    ];

    private static readonly Func<RiskContext, Denial?>[] Limits =
    [
        Trading,
        SessionChecks.Killed,
        SessionChecks.SquareOff,
        LossChecks.Loss,
        OrderSize,
        SizeChecks.Quantity,
        SizeChecks.Short,
        PriceChecks.Collar,
        .. RateChecks.All,
        .. ExposureChecks.All,
        FreeCash,
    ];

    /// <summary>The first denial; null where the order may go.</summary>
    public static Denial? Check(RiskContext context) => First(Sanity, context) ?? (context.ReducesRisk ? null : First(Limits, context));

    /// <summary>Whether the quantity makes sense: all that is asked of a change that only reduces.</summary>
    public static Denial? Form(RiskContext context) => KnownInstrument(context) ?? PositiveQuantity(context) ?? WholeLots(context);

    private static Denial? First(Func<RiskContext, Denial?>[] checks, RiskContext context)
    {
        foreach (var check in checks)
        {
            if (check(context) is { } denial)
            {
                return denial;
            }
        }

        return null;
    }

    private static Denial? Reconciled(RiskContext context) => context.IsReconciled ? null : Denial.Of(DenialCodes.NotReconciled);

    private static Denial? Unique(RiskContext context) =>
        context.IsDuplicate ? Denial.Of(DenialCodes.DuplicateClientOrderId, ("client_order_id", context.Request.ClientOrderId)) : null;

    private static Denial? CurrentRun(RiskContext context) =>
        context.CurrentRun is null || context.CurrentRun == context.Request.Run
            ? null
            : Denial.Of(DenialCodes.RunNotCurrent, ("run", context.Request.Run), ("current", context.CurrentRun));

    private static Denial? KnownInstrument(RiskContext context) =>
        context.Terms is not { IsTradable: true } ? Denial.Of(DenialCodes.UnknownInstrument, ("symbol", context.Request.Symbol)) : null;

    // Also for an order that reduces: what cannot be converted cannot be booked.
    private static Denial? Convertible(RiskContext context) =>
        context.Rate is > 0m
            ? null
            : Denial.Of(DenialCodes.NoExchangeRate, ("symbol", context.Request.Symbol), ("currency", context.Terms!.Currency));

    private static Denial? PositiveQuantity(RiskContext context) =>
        context.Request.Quantity > 0m ? null : Denial.Of(DenialCodes.QuantityNotPositive, ("qty", context.Request.Quantity));

    private static Denial? WholeLots(RiskContext context) =>
        context.Terms!.IsWholeLots(context.Request.Quantity)
            ? null
            : Denial.Of(DenialCodes.QuantityNotLot, ("qty", context.Request.Quantity), ("lot", context.Terms.LotSize));

    private static Denial? ValidPrice(RiskContext context)
    {
        var request = context.Request;
        var hasLimit = request.Type is OrderType.Limit or OrderType.StopLimit or OrderType.Iceberg;
        var valid = hasLimit ? request.LimitPrice > 0m : request.LimitPrice is null;
        return valid ? null : Denial.Of(DenialCodes.PriceInvalid, ("type", WireNames.Name(request.Type)), ("price", request.LimitPrice));
    }

    private static Denial? OnTick(RiskContext context) =>
        context.Request.LimitPrice is not { } price || context.Terms!.IsOnTick(price)
            ? null
            : Denial.Of(DenialCodes.PriceNotTick, ("price", price), ("tick", context.Terms.TickSize));

    private static Denial? FreshPrice(RiskContext context)
    {
        var (request, market) = (context.Request, context.Market);
        var shown = request.Side == Side.Buy ? market.Ask.Price : market.Bid.Price;
        if (shown is not > 0m || market.QuotedAt is not { } quotedAt)
        {
            return Denial.Of(DenialCodes.NoPrice, ("symbol", request.Symbol), ("side", WireNames.Name(request.Side)));
        }

        var age = request.EventTime - quotedAt;
        return age <= context.Limits.MaxQuoteAge
            ? null
            : Denial.Of(DenialCodes.StalePrice, ("age", age), ("max", context.Limits.MaxQuoteAge), ("quoted_at", quotedAt));
    }

    private static Denial? Trading(RiskContext context) =>
        context.TradingState switch
        {
            TradingState.Active => null,
            TradingState.Reducing => Denial.Of(DenialCodes.TradingReducing, ("position", context.Position), ("adds", context.Adding)),
            _ => Denial.Of(DenialCodes.TradingHalted, ("position", context.Position), ("adds", context.Adding)),
        };

    private static Denial? OrderSize(RiskContext context)
    {
        var notional = context.Adding * Exposure.WorstPrice(context.Request, context.Market, context.Limits)!.Value * context.Rate!.Value;
        return notional <= context.Limits.MaxOrderNotional
            ? null
            : Denial.Of(DenialCodes.OrderTooLarge, ("notional", notional), ("max", context.Limits.MaxOrderNotional));
    }

    private static Denial? FreeCash(RiskContext context)
    {
        var price = Exposure.WorstPrice(context.Request, context.Market, context.Limits)!.Value;
        var required = Exposure.Required(context.Terms!, context.Adding, price) * context.Rate!.Value;
        return required <= context.FreeCash
            ? null
            : Denial.Of(DenialCodes.InsufficientCash, ("required", required), ("free", context.FreeCash));
    }
}
