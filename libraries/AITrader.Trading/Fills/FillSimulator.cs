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
    /// <param name="liquidity">What is there for it.</param>
    /// <param name="latency">Event time from sending it until the exchange can match it.</param>
    public static FillOutcome Match(Order order, in Tick tick, in Liquidity liquidity, TimeSpan latency)
    {
        if (tick.Timestamp < order.SentAt + latency)
        {
            return FillOutcome.Nothing;
        }

        var isShown = (order.Request.Side == Side.Buy ? tick.Ask : tick.Bid) is not null;
        if (!order.IsAtMarket)
        {
            return isShown ? Arrive(order, liquidity) : FillOutcome.Nothing;
        }

        return order.SentType == OrderType.Market ? Sweep(order, isShown, liquidity.Touch) : Rest(order, tick, isShown, liquidity);
    }

    // The first quote after the latency: the order takes what is shown, or rests, or goes.
    private static FillOutcome Arrive(Order order, in Liquidity liquidity)
    {
        var touch = liquidity.Touch;
        var price = touch.Price!.Value;
        var isMarketable = IsMarketable(order.Request, price);
        if (isMarketable && order.Request.Conditions.PostOnly)
        {
            return FillOutcome.Nothing with { Rejects = "POST_ONLY_WOULD_CROSS" };
        }

        var quantity = isMarketable ? Takeable(order, touch) : 0m;
        var isShort = quantity + (isMarketable ? liquidity.Beyond : 0m) < order.Offered;
        if (order.Request.TimeInForce == TimeInForce.Fok && isShort)
        {
            return new FillOutcome(true, 0m, 0m, true, "FOK_NOT_FILLABLE");
        }

        var goes = order.Request.TimeInForce == TimeInForce.Ioc && isShort;
        return new FillOutcome(true, quantity, price, true, goes ? "IOC_REMAINDER" : string.Empty) { Walks = isMarketable };
    }

    private static FillOutcome Sweep(Order order, bool isShown, Touch touch) =>
        isShown
            ? new FillOutcome(false, Takeable(order, touch), touch.Price!.Value, true, string.Empty) { Walks = true }
            : FillOutcome.Nothing;

    // A resting order is met at its own price: by a quote that reaches it, by a trade beyond it, or by one at it
    // that those ahead in the queue left something of.
    private static FillOutcome Rest(Order order, in Tick tick, bool isShown, in Liquidity liquidity)
    {
        var limit = order.Request.LimitPrice!.Value;
        decimal quantity;
        if (isShown && IsMarketable(order.Request, liquidity.Touch.Price!.Value))
        {
            quantity = Takeable(order, liquidity.Touch);
        }
        else if (tick.IsTrade && IsThrough(order.Request.Side, tick.Price, limit))
        {
            quantity = Math.Min(order.Offered, liquidity.TradeLeft);
        }
        else
        {
            quantity = Math.Min(order.Offered, Math.Min(liquidity.Queued, liquidity.TradeLeft));
        }

        return quantity > 0m ? new FillOutcome(false, quantity, limit, false, string.Empty) : FillOutcome.Nothing;
    }

    private static decimal Takeable(Order order, Touch touch) =>
        touch.Available is { } available ? Math.Min(order.Offered, available) : order.Offered;

    private static bool IsMarketable(OrderRequest request, decimal touch) =>
        request.LimitPrice is not { } limit || (request.Side == Side.Buy ? touch <= limit : touch >= limit);

    private static bool IsThrough(Side side, decimal trade, decimal limit) => side == Side.Buy ? trade < limit : trade > limit;
}
