using AITrader.Domain.Orders;

namespace AITrader.Contracts.Messages;

/// <summary>A new order, a request about one, or an event of its life, on <see cref="StreamNames.Orders"/>.</summary>
public sealed record OrderMessage
{
    /// <summary>Order id; equals <see cref="ClientOrderId"/> for orders that AITrader makes.</summary>
    public required Guid Id { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Order quantity.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price; null for market orders.</summary>
    public decimal? Price { get; init; }

    /// <summary>What it asks for beyond that.</summary>
    public OrderConditions Conditions { get; init; } = OrderConditions.None;

    /// <summary>Limit price of the order that takes the profit of this entry; null where it has none. Entry and exits are taken together or
    /// not
    /// at all.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>Trigger of the stop that limits the loss of this entry; given where <see cref="TakeProfit"/> is.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>Order type in capitals, such as MARKET or LIMIT; all of them are in <see cref="WireNames"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Time in force in capitals: DAY, GTC, IOC, FOK, GTD.</summary>
    public required string TimeInForce { get; init; }

    /// <summary>NEW, MODIFY or CANCEL for requests; otherwise the order state that was entered, such as ACCEPTED, DENIED or
    /// FILLED.</summary>
    public required string Event { get; init; }

    /// <summary>Decision that caused the order; null for manual ones.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Idempotency key: the same one never makes a second order. Of MODIFY, the key of the request: it is never taken
    /// twice.</summary>
    public required Guid ClientOrderId { get; init; }

    /// <summary>Who asked for it: a user name, or the strategy's tag.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Sequence of the tick that caused it; 0 where none did.</summary>
    public long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>Denial or rejection code with its key=value context; empty otherwise.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}
