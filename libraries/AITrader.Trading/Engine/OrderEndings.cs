using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>Ends working orders for reasons that are not the market's.</summary>
internal sealed class OrderEndings(WorkingOrders working, OrderSteps steps, AccountLedger ledger)
{
    /// <summary>Ends the orders whose time is over at a tick.</summary>
    public void EndTimes(in Tick tick, List<TradingOutcome> outcomes)
    {
        if (working.Count == 0)
        {
            return;
        }

        var (at, seq) = (tick.Timestamp, tick.Seq);
        foreach (var order in working.All.Where(order => order.LastSeq < seq && TimeEnd.Of(order.Request, at) is not null).ToArray())
        {
            Finish(order, TimeEnd.Of(order.Request, at)!, at, seq, outcomes);
        }
    }

    /// <summary>Cancels the orders that add risk, of those that are concerned.</summary>
    public List<TradingOutcome> CancelAdding(string reason, Func<OrderRequest, bool> concerns, DateTimeOffset now, long seq)
    {
        var outcomes = new List<TradingOutcome>();
        var before = new Dictionary<(string, Side), decimal>();
        foreach (var order in working.All.Where(static order => !order.Request.Conditions.ReduceOnly).ToArray())
        {
            var key = (order.Request.Symbol, order.Request.Side);
            var ahead = before.GetValueOrDefault(key);
            if (
                Exposure.Adding(ledger.QuantityOf(order.Request.Symbol), order.Request.Side, ahead, order.Remaining) == 0m
                || !concerns(order.Request)
            )
            {
                before[key] = ahead + order.Remaining;
            }
            else if (working.Find(order.Id) is { } current)
            {
                steps.Take(current, OrderStep.Cancel, reason, Later(order.Request.EventTime, now), seq, outcomes);
            }
        }

        return outcomes;
    }

    // What never reached the market cannot expire there. A linked order may be done already.
    /// <summary>Ends an order whose time or run is over.</summary>
    public void Finish(Order order, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (working.Find(order.Id) is { } current)
        {
            steps.Take(current, current.State.HasReachedMarket ? OrderStep.Expire : OrderStep.Cancel, reason, at, seq, outcomes);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset time, DateTimeOffset now) => time > now ? time : now;
}
