using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Market;

namespace AITrader.Trading.Fills;

/// <summary>Matches one order against one tick. Pure: docs/formulas-trading.md, section Fills, has the same rules in words.</summary>
public static class FillSimulator
{
    /// <summary>What happens to <paramref name="order"/> at <paramref name="tick"/>.</summary>
    /// <param name="order">A working order of the tick's symbol and run that has not seen the tick.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="touch">The other side of the book after the tick, with what earlier orders took of it.</param>
    /// <param name="tradeLeft">What earlier orders left of the tick's traded quantity.</param>
    /// <param name="rules">Settings.</param>
    public static FillOutcome Match(Order order, in Tick tick, Touch touch, decimal tradeLeft, FillRules rules)
    {
        var request = order.Request;
        if (tick.Timestamp < order.SentAt + rules.OrderLatency)
        {
            return FillOutcome.Nothing;
        }

        var isShown = (request.Side == Side.Buy ? tick.Ask : tick.Bid) is not null;
        if (!order.IsAtMarket)
        {
            return isShown ? Arrive(order, touch) : FillOutcome.Nothing;
        }

        return order.SentType == OrderType.Market ? Sweep(order, isShown, touch) : Rest(order, tick, isShown, touch, tradeLeft);
    }

    // The first quote after the latency: the order takes what is shown, or rests, or goes.
    private static FillOutcome Arrive(Order order, Touch touch)
    {
        var price = touch.Price!.Value;
        var isMarketable = IsMarketable(order.Request, price);
        if (isMarketable && order.Request.Conditions.PostOnly)
        {
            return FillOutcome.Nothing with { Rejects = "POST_ONLY_WOULD_CROSS" };
        }

        var quantity = isMarketable ? Takeable(order, touch) : 0m;
        if (order.Request.TimeInForce == TimeInForce.Fok && quantity < order.Offered)
        {
            return new FillOutcome(true, 0m, 0m, true, "FOK_NOT_FILLABLE");
        }

        var goes = order.Request.TimeInForce == TimeInForce.Ioc && quantity < order.Offered;
        return new FillOutcome(true, quantity, price, true, goes ? "IOC_REMAINDER" : string.Empty);
    }

    private static FillOutcome Sweep(Order order, bool isShown, Touch touch) =>
        isShown && Takeable(order, touch) is > 0m and var quantity
            ? new FillOutcome(false, quantity, touch.Price!.Value, true, string.Empty)
            : FillOutcome.Nothing;

    // A resting order is met at its own price: by a quote that reaches it, or by a trade beyond it.
    private static FillOutcome Rest(Order order, in Tick tick, bool isShown, Touch touch, decimal tradeLeft)
    {
        var limit = order.Request.LimitPrice!.Value;
        var quantity = 0m;
        if (isShown && IsMarketable(order.Request, touch.Price!.Value))
        {
            quantity = Takeable(order, touch);
        }
        else if (tick.IsTrade && IsThrough(order.Request.Side, tick.Price, limit))
        {
            quantity = Math.Min(order.Offered, tradeLeft);
        }

        return quantity > 0m ? new FillOutcome(false, quantity, limit, false, string.Empty) : FillOutcome.Nothing;
    }

    private static decimal Takeable(Order order, Touch touch) =>
        touch.Available is { } available ? Math.Min(order.Offered, available) : order.Offered;

    private static bool IsMarketable(OrderRequest request, decimal touch) =>
        request.LimitPrice is not { } limit || (request.Side == Side.Buy ? touch <= limit : touch >= limit);

    private static bool IsThrough(Side side, decimal trade, decimal limit) => side == Side.Buy ? trade < limit : trade > limit;
}
