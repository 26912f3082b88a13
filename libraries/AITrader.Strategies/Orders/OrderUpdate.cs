using AITrader.Domain.Orders;

namespace AITrader.Strategies.Orders;

/// <summary>A step of one order.</summary>
/// <param name="Order">The order after the step.</param>
/// <param name="Status">State that was entered.</param>
/// <param name="Reason">Denial, cancel or expiry reason: a code, then key=value context; empty otherwise.</param>
/// <param name="Timestamp">Event time.</param>
public sealed record OrderUpdate(Order Order, OrderStatus Status, string Reason, DateTimeOffset Timestamp)
{
    /// <summary>What the strategy called the order when it placed it.</summary>
    public string Tag => Order.Request.Origin;
}
