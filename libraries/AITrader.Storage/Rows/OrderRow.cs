using AITrader.Domain.Orders;

namespace AITrader.Storage.Rows;

/// <summary>An order and the state that it is in.</summary>
public sealed class OrderRow
{
    /// <summary>Order id; equals <see cref="ClientOrderId"/> for orders that AITrader makes.</summary>
    public required Guid Id { get; set; }

    /// <summary>Idempotency key: unique.</summary>
    public required Guid ClientOrderId { get; set; }

    /// <summary>Decision that caused it; null for manual ones.</summary>
    public Guid? DecisionId { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; set; }

    /// <summary>Order type in capitals, as <see cref="WireNames"/> has it.</summary>
    public required string Type { get; set; }

    /// <summary>DAY, GTC, IOC, FOK or GTD.</summary>
    public required string TimeInForce { get; set; }

    /// <summary>Order quantity, above zero.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Limit price; null for market orders.</summary>
    public decimal? Price { get; set; }

    /// <summary>Conditions beyond type, time in force, quantity and price, as a JSON object; null where there are none.</summary>
    public string? Conditions { get; set; }

    /// <summary>What is kept locally of it, because the broker does not take it as it is, as a JSON object; null where nothing
    /// is.</summary>
    public string? Held { get; set; }

    /// <summary>New terms that are on their way to the exchange, as a JSON object; null where none are.</summary>
    public string? Change { get; set; }

    /// <summary>Taken off the quantity since, because a linked order was executed.</summary>
    public decimal ReducedQuantity { get; set; }

    /// <summary>Price that slippage is measured from; null where unknown.</summary>
    public decimal? ReferencePrice { get; set; }

    /// <summary>Quantity filled so far.</summary>
    public decimal FilledQuantity { get; set; }

    /// <summary>Average price of what is filled; null before the first fill.</summary>
    public decimal? AveragePrice { get; set; }

    /// <summary>State in capitals, one of <see cref="OrderStatuses"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Denial or rejection code with its key=value context; empty otherwise.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>Who asked for it.</summary>
    public string Origin { get; set; } = string.Empty;

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; set; } = string.Empty;

    /// <summary>Sequence of the tick that caused it.</summary>
    public long Seq { get; set; }

    /// <summary>Last tick that was applied to it: a redelivered tick changes nothing.</summary>
    public long LastSeq { get; set; }

    /// <summary>Event time of the last change.</summary>
    public required DateTimeOffset EventTime { get; set; }

    /// <summary>Wall clock of the first write.</summary>
    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Wall clock of the last write.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A state that an order entered.</summary>
public sealed class OrderEventRow
{
    /// <summary>Assigned by the database.</summary>
    public long Id { get; set; }

    /// <summary>The order.</summary>
    public required Guid OrderId { get; set; }

    /// <summary>State that was entered.</summary>
    public required string Status { get; set; }

    /// <summary>Code and context; empty where the state says it all.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>Quantity filled by this event.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Price filled at by this event.</summary>
    public decimal? Price { get; set; }

    /// <summary>The request for a change that it answers; null where it answers none.</summary>
    public Guid? RequestId { get; set; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; set; }

    /// <summary>Sequence of the tick.</summary>
    public long Seq { get; set; }

    /// <summary>Wall clock of the write.</summary>
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>Order states as the database accepts them.</summary>
public static class OrderStatuses
{
    /// <summary>All of them, in the order of trading.md.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "INITIALIZED",
        "DENIED",
        "SUBMITTED",
        "ACCEPTED",
        "TRIGGERED",
        "REJECTED",
        "UNKNOWN",
        "PENDING_UPDATE",
        "PENDING_CANCEL",
        "PARTIALLY_FILLED",
        "FILLED",
        "CANCELLED",
        "EXPIRED",
    ];

    /// <summary>States that nothing but a late fill leaves.</summary>
    public static IReadOnlyList<string> Terminal { get; } = ["DENIED", "REJECTED", "FILLED", "CANCELLED", "EXPIRED"];
}
