using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;

namespace AITrader.Trading.Risk;

/// <summary>Cash that positions and working orders hold, at worst case.</summary>
public static class Exposure
{
    private const decimal BpsPerUnit = 10_000m;

    /// <summary>
    /// The part of <paramref name="quantity"/> that adds to a position, after the working orders of the same side that come
    /// before it have used up what there is to reduce.
    /// </summary>
    public static decimal Adding(decimal position, Side side, decimal workingBefore, decimal quantity)
    {
        var opposing = Math.Max(0m, -side.Sign() * position);
        var reducible = Math.Max(0m, opposing - workingBefore);
        return Math.Max(0m, quantity - reducible);
    }

    /// <summary>Worst price of an order: its limit, or the shown price, or its trigger where that is higher, and a buffer.</summary>
    public static decimal? WorstPrice(OrderRequest request, MarketState market, RiskLimits limits)
    {
        if (request.LimitPrice is { } limit)
        {
            return limit;
        }

        var shown = request.Side == Side.Buy ? market.Ask.Price : market.Bid.Price;
        return shown is { } price
            ? Math.Max(price, request.Conditions.TriggerPrice ?? 0m) * (1m + (limits.MarketBufferBps / BpsPerUnit))
            : null;
    }

    /// <summary>Cash that the adding part of an order needs, with its fee; sells that open a short are covered in full as well.</summary>
    public static decimal Required(Instrument terms, decimal adding, decimal price) => terms.WithFee(adding * price);

    /// <summary>Cash that short positions hold: what they brought in, and as much again.</summary>
    public static decimal HeldByShorts(AccountLedger ledger, Func<string, decimal?> mark)
    {
        var held = 0m;
        foreach (var position in ledger.Positions.Values)
        {
            if (position.Quantity < 0m)
            {
                held += 2m * -position.Quantity * (mark(position.Symbol) ?? position.AveragePrice);
            }
        }

        return held;
    }
}
