using AITrader.Domain.Ids;
using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>Records steps of orders, and what they mean for the orders that are linked to them.</summary>
/// <param name="working">The working orders.</param>
/// <param name="isOut">Whether a broker has an open part of an order: what ends it is a request then, and the broker's answer is the
/// end.</param>
internal sealed class OrderSteps(WorkingOrders working, Func<Order, bool> isOut)
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
        if (step is OrderStep.Cancel or OrderStep.Expire && isOut(order))
        {
            AskForEnd(order, reason, at, seq, outcomes);
            return;
        }

        var taken = order.Apply(step, reason) with { LastSeq = Math.Max(order.LastSeq, seq) };
        Record(TradingOutcome.Of(taken, reason, at, seq), outcomes);
    }

    /// <summary>Notes that an order is to end, once; where its state allows it the request is a step of its own.</summary>
    public void AskForEnd(Order order, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (order.Ending.Length > 0)
        {
            return;
        }

        var ending = order with { Ending = reason };
        if (OrderStateMachine.TryNext(order.State, OrderStep.RequestCancel) is null)
        {
            working.Keep(ending);
        }
        else
        {
            Record(Pending(ending, at, seq), outcomes);
        }
    }

    /// <summary>The step by which the broker is asked for the end of an order.</summary>
    public static TradingOutcome Pending(Order ending, DateTimeOffset at, long seq) =>
        TradingOutcome.Of(ending.Apply(OrderStep.RequestCancel, ending.Ending), ending.Ending, at, seq) with
        {
            RequestId = DeterministicId.Create("cancel-request", FormattableString.Invariant($"{ending.Id:D}/{at.UtcTicks}")),
        };

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
            if (!after.State.IsTerminal)
            {
                working.Keep(after);
            }
            else if (isOut(current))
            {
                // All of it is asked back; what the broker executes meanwhile is booked.
                AskForEnd(current, after.Reason, outcome.Timestamp, outcome.Seq, outcomes);
            }
            else
            {
                Record(TradingOutcome.Of(after, after.Reason, outcome.Timestamp, outcome.Seq), outcomes);
            }
        }
    }
}
