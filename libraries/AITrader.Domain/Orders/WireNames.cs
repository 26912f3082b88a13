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

    private static readonly FrozenDictionary<OrderType, string> Types = new Dictionary<OrderType, string>
    {
        [OrderType.Market] = "MARKET",
        [OrderType.Limit] = "LIMIT",
        [OrderType.Stop] = "STOP",
        [OrderType.StopLimit] = "STOP_LIMIT",
        [OrderType.TrailingStop] = "TRAILING_STOP",
        [OrderType.MarketIfTouched] = "MARKET_IF_TOUCHED",
        [OrderType.Iceberg] = "ICEBERG",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, OrderType> TypeByName = Types.ToFrozenDictionary(
        static pair => pair.Value,
        static pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>Word of a state.</summary>
    public static string Name(OrderStatus status) => Statuses[status];

    /// <summary>Word of a side: BUY or SELL.</summary>
    public static string Name(Side side) => side == Side.Buy ? "BUY" : "SELL";

    /// <summary>Word of an order type: MARKET, LIMIT, STOP, STOP_LIMIT, TRAILING_STOP, MARKET_IF_TOUCHED or ICEBERG.</summary>
    public static string Name(OrderType type) => Types[type];

    /// <summary>Word of a time in force: DAY, GTC, IOC, FOK or GTD.</summary>
    public static string Name(TimeInForce timeInForce) =>
        timeInForce switch
        {
            TimeInForce.Gtc => "GTC",
            TimeInForce.Ioc => "IOC",
            TimeInForce.Fok => "FOK",
            TimeInForce.Gtd => "GTD",
            _ => "DAY",
        };

    /// <summary>Word and value of each condition that an order has.</summary>
    public static IEnumerable<(string Name, object? Value)> Named(OrderConditions conditions)
    {
        (string, object?)[] all =
        [
            ("trigger_price", conditions.TriggerPrice),
            ("trailing_amount", conditions.TrailingAmount),
            ("trailing_bps", conditions.TrailingBps),
            ("display_qty", conditions.DisplayQuantity),
            ("good_till", conditions.GoodTill),
            ("reduce_only", conditions.ReduceOnly ? "true" : null),
            ("post_only", conditions.PostOnly ? "true" : null),
            ("parent_id", conditions.ParentId),
            ("oco_group", conditions.OcoGroup),
        ];
        return all.Where(static pair => pair.Item2 is not null);
    }

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
    public static OrderType? FindType(string name) => TypeByName.TryGetValue(name, out var type) ? type : null;

    /// <summary>Time in force of a word; null where there is none.</summary>
    public static TimeInForce? FindTimeInForce(string name) =>
        name switch
        {
            "DAY" => TimeInForce.Day,
            "GTC" => TimeInForce.Gtc,
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            "GTD" => TimeInForce.Gtd,
            _ => null,
        };
}
