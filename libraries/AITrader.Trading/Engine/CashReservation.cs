using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>What is left to spend.</summary>
internal static class CashReservation
{
    /// <summary>Cash minus what short positions and working orders hold, the latter in time priority.</summary>
    public static decimal Free(
        AccountLedger ledger,
        IReadOnlyList<Order> working,
        Func<string, MarketState> market,
        Func<string, Instrument?> instruments,
        Func<string, decimal?> rates,
        RiskLimits limits
    )
    {
        var free = ledger.Cash - Exposure.HeldByShorts(ledger, symbol => market(symbol).Mark * rates(symbol));
        var before = new Dictionary<(string, Side), decimal>();
        foreach (var order in working)
        {
            var request = order.Request;
            if (request.Conditions.ReduceOnly)
            {
                continue;
            }

            var key = (request.Symbol, request.Side);
            var ahead = before.GetValueOrDefault(key);
            var adding = Exposure.Adding(ledger.PositionOf(request.Symbol).Quantity, request.Side, ahead, order.Remaining);
            before[key] = ahead + order.Remaining;
            var state = market(request.Symbol);
            var price = Exposure.WorstPrice(request, state, limits) ?? state.Mark ?? 0m;
            free -= Exposure.Required(instruments(request.Symbol)!, adding, price) * (rates(request.Symbol) ?? 1m);
        }

        return free;
    }
}
