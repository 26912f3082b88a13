using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>Records what a broker says of orders that it has.</summary>
internal sealed class BrokerSteps(WorkingOrders working, OrderSteps steps, OrderChanges changes, AccountLedger ledger)
{
    /// <summary>Takes a step that the order's state allows; one that comes late or twice changes nothing.</summary>
    public void Take(Order order, OrderStep step, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (step == OrderStep.Expire && order.State.Status == OrderStatus.Submitted)
        {
            step = OrderStep.Cancel;
        }

        if (OrderStateMachine.TryNext(order.State, step) is not { } next)
        {
            return;
        }

        var why = order.Ending.Length > 0 && step is OrderStep.Cancel or OrderStep.Expire ? order.Ending : reason;
        var taken = order.Apply(step, why) with { Change = next.IsTerminal ? null : order.Change };
        steps.Record(TradingOutcome.Of(taken, why, at, seq), outcomes);

        // An end that was asked for before the broker had the order can be asked of it now.
        if (taken.Ending.Length > 0 && OrderStateMachine.TryNext(next, OrderStep.RequestCancel) is not null)
        {
            steps.Record(OrderSteps.Pending(taken, at, seq), outcomes);
        }
    }

    /// <summary>The broker did not take a request to end an order: it goes on.</summary>
    public void GoOn(Order order, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (order.State.Status != OrderStatus.PendingCancel)
        {
            steps.Keep(order with { Ending = string.Empty });
            return;
        }

        var pending = OrderSteps.Pending(order with { State = order.State with { Status = order.State.Before } }, at, seq);
        var resumed = order.Apply(OrderStep.Resume, reason) with { Ending = string.Empty };
        steps.Record(TradingOutcome.Of(resumed, reason, at, seq) with { RequestId = pending.RequestId }, outcomes);
    }

    /// <summary>A change was taken, or refused for a reason.</summary>
    public void Changed(Order order, string refusal, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        if (order is not { Change: not null, State.Status: OrderStatus.PendingUpdate })
        {
            return;
        }

        if (refusal.Length == 0)
        {
            changes.Confirm(order, at, seq, outcomes);
        }
        else
        {
            changes.Refuse(order, refusal, at, seq, outcomes);
        }

        if (working.Find(order.Id) is { Ending.Length: > 0 } ending)
        {
            steps.Record(OrderSteps.Pending(ending, at, seq), outcomes);
        }
    }

    /// <summary>Books an execution, whatever was thought of the order; none twice.</summary>
    public void Book(Order order, Fill fill, List<TradingOutcome> outcomes)
    {
        if (order.Apply(fill) is not { } filled)
        {
            return;
        }

        filled = LocalEmulation.Send(filled, fill.Timestamp) with { Change = filled.State.IsTerminal ? null : filled.Change };
        var outcome = TradingOutcome.Of(filled, string.Empty, fill.Timestamp, fill.Seq) with { Fill = fill, Realised = ledger.Book(fill) };
        steps.Record(outcome, outcomes);
        CapReducing(fill, outcomes);
    }

    // No exit may be larger than what is left to close.
    private void CapReducing(Fill fill, List<TradingOutcome> outcomes)
    {
        var position = ledger.QuantityOf(fill.Symbol);
        foreach (
            var order in working.All.Where(order => order.Request.Conditions.ReduceOnly && order.Request.Symbol == fill.Symbol).ToArray()
        )
        {
            var reducible = Math.Max(0m, -order.Request.Side.Sign() * position);
            if (order.Id == fill.OrderId || order.Active <= reducible)
            {
                continue;
            }

            var capped = order with { Reduced = order.Reduced + order.Active - reducible };
            if (capped.Remaining == 0m)
            {
                steps.Take(order, OrderStep.Cancel, DenialCodes.NothingToReduce, fill.Timestamp, fill.Seq, outcomes);
            }
            else
            {
                steps.Keep(capped);
            }
        }
    }
}
