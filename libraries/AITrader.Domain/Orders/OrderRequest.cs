namespace AITrader.Domain.Orders;

/// <summary>An order as it was asked for.</summary>
public sealed record OrderRequest
{
    /// <summary>Order id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Idempotency key.</summary>
    public required Guid ClientOrderId { get; init; }

    /// <summary>Decision that caused it; null for manual orders.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Order type.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Time in force.</summary>
    public required TimeInForce TimeInForce { get; init; }

    /// <summary>Quantity.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price; null for orders that end up as market orders.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>What it asks for beyond type, time in force, quantity and price.</summary>
    public OrderConditions Conditions { get; init; } = OrderConditions.None;

    /// <summary>Who asked for it, or the strategy's tag.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Event time at which it was sent.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>Sequence of the tick that caused it: that tick and earlier ones never fill it.</summary>
    public long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;
}
