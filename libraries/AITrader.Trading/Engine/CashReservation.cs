using System.Runtime.InteropServices;
using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Market;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>What is left to spend. One caller at a time.</summary>
internal sealed class CashReservation(
    AccountLedger ledger,
    Func<string, MarketState> market,
    TradingSettings settings,
    Func<string, decimal?> rates
)
{
    // Made once: it is asked with every order.
    private readonly Dictionary<(string, Side), decimal> _before = [];
    private readonly Func<string, decimal?> _mark = symbol => market(symbol).Mark * rates(symbol);

    /// <summary>Cash minus what short positions and working orders hold, the latter in time priority.</summary>
    public decimal Free(IReadOnlyList<Order> working, RiskLimits limits)
    {
        var free = ledger.Cash - Exposure.HeldByShorts(ledger, _mark);
        _before.Clear();
        for (var i = 0; i < working.Count; i++)
        {
            var order = working[i];
            var request = order.Request;
            if (request.Conditions.ReduceOnly)
            {
                continue;
            }

            ref var ahead = ref CollectionsMarshal.GetValueRefOrAddDefault(_before, (request.Symbol, request.Side), out _);
            var adding = Exposure.Adding(ledger.QuantityOf(request.Symbol), request.Side, ahead, order.Remaining);
            ahead += order.Remaining;
            var state = market(request.Symbol);
            var price = Exposure.WorstPrice(request, state, limits) ?? state.Mark ?? 0m;
            free -= Exposure.Required(settings.Instruments(request.Symbol)!, adding, price) * (rates(request.Symbol) ?? 1m);
        }

        return free;
    }
}
