using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>One step of one order, in the order in which it happened.</summary>
/// <param name="Order">The order after the step.</param>
/// <param name="Status">State that was entered.</param>
/// <param name="Reason">Denial, cancel or expiry reason; empty otherwise.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Seq">Tick at which it happened; for a new order, the tick that caused it.</param>
/// <param name="Fill">The execution, where the step is one.</param>
/// <param name="Realised">Profit that the execution realised, before its fee.</param>
public sealed record TradingOutcome(
    Order Order,
    OrderStatus Status,
    string Reason,
    DateTimeOffset Timestamp,
    long Seq,
    Fill? Fill = null,
    decimal Realised = 0m
)
{
    /// <summary>The request for a change that it answers; null where it answers none.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Event time at which it becomes known to us; null where that is at once.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>The step that brought an order to where it is.</summary>
    public static TradingOutcome Of(Order order, string reason, DateTimeOffset at, long seq) =>
        new(order, order.State.Status, reason, at, seq);
}
