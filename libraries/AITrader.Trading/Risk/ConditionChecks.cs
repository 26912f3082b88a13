using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>Whether what an order asks for fits together and fits the position. No limit: they hold for every order.</summary>
internal static class ConditionChecks
{
    /// <summary>Those that need no market, in order.</summary>
    public static Func<RiskContext, Denial?>[] All { get; } = [Trigger, Trailing, Display, GoodTill, PostOnly, Parent, Reduces];

    /// <summary>A post-only order that the shown price would execute.</summary>
    public static Denial? WouldCross(RiskContext context)
    {
        var (request, market) = (context.Request, context.Market);
        if (!request.Conditions.PostOnly)
        {
            return null;
        }

        var isBuy = request.Side == Side.Buy;
        var shown = isBuy ? market.Ask.Price : market.Bid.Price;
        return isBuy
            ? request.LimitPrice < shown
                ? null
                : Crosses(request, shown)
            : request.LimitPrice > shown
                ? null
                : Crosses(request, shown);
    }

    private static Denial Crosses(OrderRequest request, decimal? shown) =>
        Denial.Of(DenialCodes.PostOnlyWouldCross, ("price", request.LimitPrice), ("shown", shown));

    private static Denial? Trigger(RiskContext context)
    {
        var (type, trigger) = (context.Request.Type, context.Request.Conditions.TriggerPrice);
        var fits = type switch
        {
            OrderType.Stop or OrderType.StopLimit or OrderType.MarketIfTouched => trigger > 0m,
            OrderType.TrailingStop => trigger is null or > 0m,
            _ => trigger is null,
        };
        return !fits ? Denial.Of(DenialCodes.TriggerInvalid, ("type", WireNames.Name(type)), ("trigger", trigger))
            : trigger is { } price && !context.Terms!.IsOnTick(price)
                ? Denial.Of(DenialCodes.PriceNotTick, ("trigger", price), ("tick", context.Terms.TickSize))
            : null;
    }

    private static Denial? Trailing(RiskContext context)
    {
        var (type, amount, bps) = (context.Request.Type, context.Request.Conditions.TrailingAmount, context.Request.Conditions.TrailingBps);
        var isOne = (amount is > 0m && bps is null) || (amount is null && bps is > 0m and < 10_000m);
        var fits = type == OrderType.TrailingStop ? isOne : amount is null && bps is null;
        return fits
            ? null
            : Denial.Of(DenialCodes.TriggerInvalid, ("type", WireNames.Name(type)), ("trailing_amount", amount), ("trailing_bps", bps));
    }

    private static Denial? Display(RiskContext context)
    {
        var (request, display) = (context.Request, context.Request.Conditions.DisplayQuantity);
        var fits =
            request.Type == OrderType.Iceberg
                ? display > 0m && display <= request.Quantity && context.Terms!.IsWholeLots(display.Value)
                : display is null;
        return fits
            ? null
            : Denial.Of(
                DenialCodes.DisplayInvalid,
                ("type", WireNames.Name(request.Type)),
                ("display", display),
                ("qty", request.Quantity),
                ("lot", context.Terms!.LotSize)
            );
    }

    private static Denial? GoodTill(RiskContext context)
    {
        var (request, till) = (context.Request, context.Request.Conditions.GoodTill);
        var fits = request.TimeInForce == TimeInForce.Gtd ? till > request.EventTime : till is null;
        return fits ? null : Denial.Of(DenialCodes.GoodTillInvalid, ("tif", WireNames.Name(request.TimeInForce)), ("good_till", till));
    }

    // An iceberg sends its slices one by one: none of them may have to go at once.
    private static Denial? PostOnly(RiskContext context)
    {
        var request = context.Request;
        var (isPassive, stays) = (
            request.Type is OrderType.Limit or OrderType.Iceberg,
            request.TimeInForce is not (TimeInForce.Ioc or TimeInForce.Fok)
        );
        var fits = (!request.Conditions.PostOnly || (isPassive && stays)) && (request.Type != OrderType.Iceberg || stays);
        return fits
            ? null
            : Denial.Of(DenialCodes.PostOnlyInvalid, ("type", WireNames.Name(request.Type)), ("tif", WireNames.Name(request.TimeInForce)));
    }

    private static Denial? Parent(RiskContext context) =>
        context.Request.Conditions.ParentId is { } parent && !context.HasParent
            ? Denial.Of(DenialCodes.ParentNotWorking, ("parent", parent))
            : null;

    private static Denial? Reduces(RiskContext context)
    {
        var request = context.Request;
        var reducible = -request.Side.Sign() * context.Position;
        return request.Conditions is not { ReduceOnly: true, ParentId: null } || reducible > 0m
            ? null
            : Denial.Of(DenialCodes.NothingToReduce, ("position", context.Position), ("side", WireNames.Name(request.Side)));
    }
}
