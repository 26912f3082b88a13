using AITrader.Domain.Orders;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Engine;

/// <summary>Changes of working orders: asked for, on the way, in force.</summary>
/// <remarks>
/// Until a change has reached the exchange the order trades on its old terms. A new price, or more quantity, loses the order's place in
/// the queue: it arrives anew. Less quantity keeps it.
/// </remarks>
internal sealed class OrderChanges(OrderSteps steps, DeskRisk risk, Func<Order, bool> isOut)
{
    private const string Refused = "MODIFY_REFUSED";

    /// <summary>Asks for a change; a refusal is an outcome that leaves the order in its state, with the reason.</summary>
    public void Ask(Order order, OrderChange change, RiskContext context, long seq, List<TradingOutcome> outcomes)
    {
        if (RefusalOf(order, change, context) is { } denial)
        {
            outcomes.Add(Answer(order, $"{Refused} {denial}", change, change.AskedAt, seq));
            return;
        }

        risk.Activity.Modified(change.AskedAt);
        var pending = order.Apply(OrderStep.RequestUpdate) with { Change = change };
        steps.Record(Answer(pending, OrderChangeText.Of(change), change, change.AskedAt, seq), outcomes);

        // What is held here has no way to go.
        if (pending.Held is { Sent: not { Open: > 0m } })
        {
            Enforce(pending, change.AskedAt, seq, outcomes);
        }
    }

    /// <summary>The order once its change has reached the exchange; as it is before that.</summary>
    public Order Arrive(Order order, TimeSpan latency, DateTimeOffset at, long seq, List<TradingOutcome> outcomes) =>
        order.Change is { } change && at >= change.AskedAt + latency ? Enforce(order, at, seq, outcomes) : order;

    /// <summary>The broker took a change: the new terms hold.</summary>
    public void Confirm(Order order, DateTimeOffset at, long seq, List<TradingOutcome> outcomes) => Enforce(order, at, seq, outcomes);

    /// <summary>The broker refused a change: the old terms hold.</summary>
    public void Refuse(Order order, string reason, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        var change = order.Change!;
        var resumed = order.Apply(OrderStep.Resume) with { Change = null };
        steps.Record(Answer(resumed, $"{Refused} {reason}", change, at, seq), outcomes);
    }

    private Order Enforce(Order order, DateTimeOffset at, long seq, List<TradingOutcome> outcomes)
    {
        var change = order.Change!;
        var resumed = order.Apply(OrderStep.Resume) with { Change = null };
        var isLate = change.Quantity - order.Reduced <= order.Filled;
        var changed = isLate ? resumed : Terms(resumed, change);
        var reason = isLate ? $"{Refused} {AlreadyFilled(order, change)}" : $"{OrderChangeText.Applied} {OrderChangeText.Of(change)}";
        steps.Record(Answer(changed, reason, change, at, seq), outcomes);
        return changed;
    }

    private static TradingOutcome Answer(Order order, string reason, OrderChange change, DateTimeOffset at, long seq) =>
        TradingOutcome.Of(order, reason, at, seq) with
        {
            RequestId = change.Id,
        };

    private Order Terms(Order order, OrderChange change)
    {
        var changed = order with { Request = change.ApplyTo(order.Request) };
        if (changed.Held is { Waits: true } held)
        {
            return changed with { Held = held with { Trigger = change.TriggerPrice ?? held.Trigger } };
        }

        return change.OnlyReduces(order.Request) || isOut(order) ? changed : LocalEmulation.Resend(changed, change.AskedAt);
    }

    private Denial? RefusalOf(Order order, OrderChange change, RiskContext context) =>
        change.IsOf(order.Request) ? Denial.Of(DenialCodes.NothingChanges)
        : order.State.Status is not (OrderStatus.Accepted or OrderStatus.Triggered or OrderStatus.PartiallyFilled)
            ? Denial.Of(DenialCodes.NotModifiable, ("status", WireNames.Name(order.State.Status)))
        : change.Quantity - order.Reduced <= order.Filled ? AlreadyFilled(order, change)
        : order.Held is not null && isOut(order) ? Denial.Of(DenialCodes.NotModifiable, ("part", "sent"))
        : change.Quantity != order.Request.Quantity && order.Request.Conditions is { ParentId: not null } or { OcoGroup: not null }
            ? Denial.Of(DenialCodes.NotModifiable, ("linked", "qty"))
        : RateChecks.Modify(context.Activity, context.Limits, change.AskedAt)
            ?? (change.OnlyReduces(order.Request) ? RiskChecks.Form(context) : RiskChecks.Check(context));

    private static Denial AlreadyFilled(Order order, OrderChange change) =>
        Denial.Of(DenialCodes.AlreadyFilled, ("qty", change.Quantity), ("filled", order.Filled), ("reduced", order.Reduced));
}
