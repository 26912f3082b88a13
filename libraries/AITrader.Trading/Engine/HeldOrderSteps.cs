using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>Brings held and reduce-only orders to the point where the market may execute them.</summary>
internal sealed class HeldOrderSteps(TradingSettings settings, OrderSteps steps, AccountLedger ledger)
{
    private const string HeldLocally = "HELD_LOCALLY";

    public static bool Concern(Order order) => order.Held is not null || order.Request.Conditions.ReduceOnly;

    /// <summary>The order as the market sees it at a tick; null where it sees nothing.</summary>
    public Order? Prepare(Order order, in Tick tick, List<TradingOutcome> outcomes)
    {
        if (order.Held is { Waits: true })
        {
            order = Wait(order, tick, outcomes);
        }

        // The trade that sets an order off never executes it.
        if (order.LastSeq >= tick.Seq)
        {
            return null;
        }

        return order.Request.Conditions.ReduceOnly ? Cap(order, tick, outcomes)
            : order.Offered > 0m ? order
            : null;
    }

    /// <summary>Lets a trade pass an order that waits for its trigger, and is with nobody else.</summary>
    public Order Wait(Order order, in Tick tick, List<TradingOutcome> outcomes)
    {
        if (order.State.Status == OrderStatus.Submitted)
        {
            order = Step(order, OrderStep.Accept, HeldLocally, tick, outcomes);
        }

        if (PriceFor(order, tick) is not { } price)
        {
            return order;
        }

        var after = LocalEmulation.OnTrade(order, price, tick.Timestamp);
        if (after.Held!.Waits)
        {
            steps.Keep(after);
            return after;
        }

        return Step(after, OrderStep.Trigger, string.Empty, tick, outcomes);
    }

    // Where there are no trades at all, the price that the order would get stands for them.
    private decimal? PriceFor(Order order, in Tick tick) =>
        tick.IsTrade ? tick.Price
        : settings.Instruments(tick.Symbol) is not { IsQuotedOnly: true } ? null
        : order.Request.Side == Side.Buy ? tick.Ask
        : tick.Bid;

    private Order Step(Order order, OrderStep step, string reason, in Tick tick, List<TradingOutcome> outcomes)
    {
        var next = order.Apply(step) with { LastSeq = tick.Seq };
        steps.Record(TradingOutcome.Of(next, reason, tick.Timestamp, tick.Seq), outcomes);
        return next;
    }

    // Beyond the position nothing is offered; with no position, and none to come, the order has no purpose any more.
    private Order? Cap(Order order, in Tick tick, List<TradingOutcome> outcomes)
    {
        var request = order.Request;
        var reducible = Math.Max(0m, -request.Side.Sign() * ledger.QuantityOf(request.Symbol));
        if (reducible == 0m && order.Held is not { Dormant: > 0m })
        {
            steps.Take(order, OrderStep.Cancel, DenialCodes.NothingToReduce, tick.Timestamp, tick.Seq, outcomes);
            return null;
        }

        var seen = order with { Reduced = order.Reduced + Math.Max(0m, order.Active - reducible) };
        return seen.Offered > 0m ? seen : null;
    }
}
