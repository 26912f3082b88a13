using static AITrader.Domain.Orders.OrderStatus;
using static AITrader.Domain.Orders.OrderStep;

namespace AITrader.Domain.Orders;

/// <summary>The one transition function of an order's life.</summary>
public static class OrderStateMachine
{
    /// <summary>The state after <paramref name="step"/>; null where the step is illegal.</summary>
    public static OrderState? TryNext(OrderState state, OrderStep step) =>
        step switch
        {
            Deny => Enter(Denied, state.Status is Initialized),
            Submit => Enter(Submitted, state.Status is Initialized),
            TimeOut => Enter(Unknown, state.Status is Submitted),
            Accept => Enter(Accepted, state.Status is Submitted or Unknown),
            Reject => Enter(Rejected, state.Status is Submitted or Accepted or Triggered or PendingUpdate or PendingCancel),
            ProveUnseen => Enter(Rejected, state.Status is Unknown),
            Trigger => Enter(Triggered, state.Status is Accepted or Unknown),
            FillPartially => PartialFill(state),
            FillCompletely => Enter(Filled, CanFill(state.Status)),
            RequestUpdate => Pend(PendingUpdate, state),
            RequestCancel => Pend(PendingCancel, state),
            Resume => Enter(state.Before, state.Status is PendingUpdate or PendingCancel),
            Cancel => Enter(Cancelled, state.Status is Submitted || CanEnd(state.Status)),
            Expire => Enter(Expired, CanEnd(state.Status)),
            _ => null,
        };

    /// <summary>The state after <paramref name="step"/>.</summary>
    /// <exception cref="InvalidOperationException">The step is illegal in this state.</exception>
    public static OrderState Next(OrderState state, OrderStep step) =>
        TryNext(state, step)
        ?? throw new InvalidOperationException($"Order state {state.Status} (before: {state.Before}) does not allow {step}.");

    // A late fill is real, whatever was thought of the order: one that was cancelled, out of time, or taken for refused can still be
    // filled, and one that is filled beyond its quantity. Before the acknowledgement too.
    private static bool CanFill(OrderStatus status) => status is Submitted || IsOver(status) || CanEnd(status);

    private static bool IsOver(OrderStatus status) => status is Filled or Cancelled or Expired or Rejected;

    private static bool CanEnd(OrderStatus status) =>
        status is Unknown or Accepted or Triggered or PartiallyFilled or PendingUpdate or PendingCancel;

    private static OrderState? PartialFill(OrderState state) =>
        state.Status switch
        {
            _ when IsOver(state.Status) => state,
            PendingUpdate or PendingCancel => state with { Before = PartiallyFilled },
            _ => Enter(PartiallyFilled, CanFill(state.Status)),
        };

    private static OrderState? Pend(OrderStatus pending, OrderState state) =>
        state.Status is Accepted or Triggered or PartiallyFilled ? new OrderState(pending, state.Status) : null;

    private static OrderState? Enter(OrderStatus status, bool legal) => legal ? OrderState.Of(status) : null;
}
