using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>What the desk that has an order says became of it.</summary>
/// <param name="Status">State that was entered.</param>
/// <param name="Reason">Denial, cancel or expiry reason; empty otherwise.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Seq">Tick at which it happened.</param>
/// <param name="Fill">The execution, where the step is one.</param>
public sealed record OrderNews(OrderStatus Status, string Reason, DateTimeOffset Timestamp, long Seq, Fill? Fill)
{
    /// <summary>New terms that are in force with this step; null where they are the old ones.</summary>
    public OrderChange? Change { get; init; }
}
