using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>The price of an order against the market and against own orders.</summary>
internal static class PriceChecks
{
    private const decimal BpsPerUnit = 10_000m;

    /// <summary>A limit price that costs more than the collar allows; below it, a buy just waits.</summary>
    public static Denial? Collar(RiskContext context)
    {
        if (context.Limits[LimitKind.CollarBps] is not { } collar || context.Request.LimitPrice is not { } limit)
        {
            return null;
        }

        if (context.Market.Mark is not { } mark || mark <= 0m)
        {
            return Denial.Of(DenialCodes.NoReferencePrice, ("symbol", context.Request.Symbol));
        }

        var away = context.Request.Side.Sign() * (limit - mark) / mark * BpsPerUnit;
        return away > collar
            ? Denial.Of(DenialCodes.PriceCollar, ("price", limit), ("reference", mark), ("bps", decimal.Round(away, 2)), ("max", collar))
            : null;
    }

    /// <summary>An own order on the other side at a price that the order would reach. No limit: it is a matter of market conduct.</summary>
    public static Denial? SelfTrade(RiskContext context)
    {
        var request = context.Request;
        if (context.Limits[LimitKind.SelfTrades] is not 0m || Reach(context) is not { } reach)
        {
            return null;
        }

        var met = context.Working.FirstOrDefault(order =>
            order.Request.Symbol == request.Symbol
            && order.Request.Side != request.Side
            && order.Offered > 0m
            && order.Request.LimitPrice is { } own
            && (request.Side == Side.Buy ? own <= reach : own >= reach)
        );
        return met is null ? null : Denial.Of(DenialCodes.SelfTrade, ("order", met.Id), ("price", met.Request.LimitPrice));
    }

    // How far it may go: to its limit, else to the shown price and the buffer.
    private static decimal? Reach(RiskContext context)
    {
        var isBuy = context.Request.Side == Side.Buy;
        var shown = isBuy ? context.Market.Ask.Price : context.Market.Bid.Price;
        return context.Request.LimitPrice ?? (shown * (1m + (context.Request.Side.Sign() * context.Limits.MarketBufferBps / BpsPerUnit)));
    }
}
