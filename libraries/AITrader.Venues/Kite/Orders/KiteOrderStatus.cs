using AITrader.Domain.Orders;

namespace AITrader.Venues.Kite.Orders;

/// <summary>Kite's states in ours. Only three of Kite's are final; every other, known or not, is live.</summary>
internal static class KiteOrderStatus
{
    public static OrderStatus Of(KiteOrder order) =>
        order.Status switch
        {
            "COMPLETE" => OrderStatus.Filled,
            "CANCELLED" => OrderStatus.Cancelled,
            "REJECTED" => OrderStatus.Rejected,
            "PUT ORDER REQ RECEIVED" or "VALIDATION PENDING" or "OPEN PENDING" or "AMO REQ RECEIVED" => OrderStatus.Submitted,
            "MODIFY VALIDATION PENDING" or "MODIFY PENDING" => OrderStatus.PendingUpdate,
            "CANCEL PENDING" => OrderStatus.PendingCancel,
            _ => order.FilledQuantity > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
        };
}
