using AITrader.Domain.Orders;

namespace AITrader.Backend.Orders;

/// <summary>A new order: for the live account, or for that of the replay that it names. An entry with both exits is a bracket: taken with
/// them or not at all.</summary>
public sealed record NewOrderRequest(
    string Symbol,
    string Side,
    decimal Qty,
    string Type = "MARKET",
    string Tif = "DAY",
    decimal? Price = null,
    decimal? TriggerPrice = null,
    decimal? TrailingAmount = null,
    decimal? TrailingBps = null,
    decimal? DisplayQty = null,
    DateTimeOffset? GoodTill = null,
    bool ReduceOnly = false,
    bool PostOnly = false,
    decimal? TakeProfit = null,
    decimal? StopLoss = null,
    string? Run = null
)
{
    internal OrderConditions Conditions =>
        new()
        {
            TriggerPrice = TriggerPrice,
            TrailingAmount = TrailingAmount,
            TrailingBps = TrailingBps,
            DisplayQuantity = DisplayQty,
            GoodTill = GoodTill,
            ReduceOnly = ReduceOnly,
            PostOnly = PostOnly,
        };
}

/// <summary>New terms of a working order; what is left out stays.</summary>
public sealed record OrderChangeRequest(decimal? Qty = null, decimal? Price = null, decimal? TriggerPrice = null);

/// <summary>A request that the execution engine has been sent; what becomes of it is at the order.</summary>
public sealed record OrderRequestResponse(Guid OrderId, Guid RequestId, string Requested);
