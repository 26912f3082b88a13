using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>Records steps of orders, and what they mean for the orders that are linked to them.</summary>
internal sealed class OrderSteps(WorkingOrders working)
{
    /// <summary>Records a step; what follows from it comes after it.</summary>
    public void Record(TradingOutcome outcome, List<TradingOutcome> outcomes)
    {
        working.Replace(outcome.Order);
        outcomes.Add(outcome);
        if (working.HasLinks && (outcome.Fill is not null || outcome.Order.State.IsTerminal))
        {
            Follow(outcome, outcomes);
        }
    }

    /// <summary>Keeps what changed without a step.</summary>
    public void Keep(Order order) => working.Keep(order);

    /// <summary>Takes a step other than an execution.</summary>
    public void Take(Order order, OrderStep step, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        var taken = order.Apply(step, reason) with { LastSeq = Math.Max(order.LastSeq, seq) };
        Record(TradingOutcome.Of(taken, reason, at, seq), outcomes);
    }

    // The tick of the step never executes what follows from it; what waited for its trigger already still sees the tick's trade.
    private void Follow(TradingOutcome outcome, List<TradingOutcome> outcomes)
    {
        var executed = outcome.Fill?.Quantity ?? 0m;
        foreach (var linked in working.All.Where(other => LinkedOrders.Concern(outcome.Order, other)).ToArray())
        {
            if (working.Find(linked.Id) is not { } current)
            {
                continue;
            }

            var after = LinkedOrders.After(outcome.Order, executed, current, outcome.Timestamp) with
            {
                LastSeq = current is { Held.Waits: true, Active: > 0m } ? current.LastSeq : Math.Max(current.LastSeq, outcome.Seq),
            };
            if (after.State.IsTerminal)
            {
                Record(TradingOutcome.Of(after, after.Reason, outcome.Timestamp, outcome.Seq), outcomes);
            }
            else
            {
                working.Keep(after);
            }
        }
    }
}
