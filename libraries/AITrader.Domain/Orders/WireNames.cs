using System.Collections.Frozen;

namespace AITrader.Domain.Orders;

/// <summary>The words for states, types and times in force in messages and tables.</summary>
public static class WireNames
{
    private static readonly FrozenDictionary<OrderStatus, string> Statuses = new Dictionary<OrderStatus, string>
    {
        [OrderStatus.Initialized] = "INITIALIZED",
        [OrderStatus.Denied] = "DENIED",
        [OrderStatus.Submitted] = "SUBMITTED",
        [OrderStatus.Unknown] = "UNKNOWN",
        [OrderStatus.Accepted] = "ACCEPTED",
        [OrderStatus.Triggered] = "TRIGGERED",
        [OrderStatus.PendingUpdate] = "PENDING_UPDATE",
        [OrderStatus.PendingCancel] = "PENDING_CANCEL",
        [OrderStatus.PartiallyFilled] = "PARTIALLY_FILLED",
        [OrderStatus.Filled] = "FILLED",
        [OrderStatus.Cancelled] = "CANCELLED",
        [OrderStatus.Expired] = "EXPIRED",
        [OrderStatus.Rejected] = "REJECTED",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, OrderStatus> StatusByName = Statuses.ToFrozenDictionary(
        static pair => pair.Value,
        static pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>Word of a state.</summary>
    public static string Name(OrderStatus status) => Statuses[status];

    /// <summary>Word of a side: BUY or SELL.</summary>
    public static string Name(Side side) => side == Side.Buy ? "BUY" : "SELL";

    /// <summary>Word of an order type: MARKET or LIMIT.</summary>
    public static string Name(OrderType type) => type == OrderType.Market ? "MARKET" : "LIMIT";

    /// <summary>Word of a time in force: DAY, GTC, IOC or FOK.</summary>
    public static string Name(TimeInForce timeInForce) =>
        timeInForce switch
        {
            TimeInForce.Gtc => "GTC",
            TimeInForce.Ioc => "IOC",
            TimeInForce.Fok => "FOK",
            _ => "DAY",
        };

    /// <summary>State of a word; null where there is none.</summary>
    public static OrderStatus? FindStatus(string name) => StatusByName.TryGetValue(name, out var status) ? status : null;

    /// <summary>Side of a word; null where there is none.</summary>
    public static Side? FindSide(string name) =>
        name switch
        {
            "BUY" => Side.Buy,
            "SELL" => Side.Sell,
            _ => null,
        };

    /// <summary>Type of a word; null where there is none.</summary>
    public static OrderType? FindType(string name) =>
        name switch
        {
            "MARKET" => OrderType.Market,
            "LIMIT" => OrderType.Limit,
            _ => null,
        };

    /// <summary>Time in force of a word; null where there is none.</summary>
    public static TimeInForce? FindTimeInForce(string name) =>
        name switch
        {
            "DAY" => TimeInForce.Day,
            "GTC" => TimeInForce.Gtc,
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            _ => null,
        };
}
