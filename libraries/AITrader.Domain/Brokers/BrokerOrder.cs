using AITrader.Domain.Orders;

namespace AITrader.Domain.Brokers;

/// <summary>An order as the broker has it.</summary>
public sealed record BrokerOrder
{
    /// <summary>The broker's number.</summary>
    public required string BrokerOrderId { get; init; }

    /// <summary>Our tag; empty for orders that are not ours.</summary>
    public required string Tag { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Quantity in all.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Limit price; null where it has none.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Price that sets it off; null where it has none.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Executed quantity.</summary>
    public required decimal Filled { get; init; }

    /// <summary>Average price of what is executed; 0 before that.</summary>
    public required decimal AveragePrice { get; init; }

    /// <summary>Where it is. A state that is not known counts as live.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Where it is, in the broker's words.</summary>
    public required string StatusText { get; init; }

    /// <summary>Why it was rejected, in the broker's words; empty where it was not.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>When the broker last had a request for it; null where it does not say so.</summary>
    public DateTimeOffset? RequestedAt { get; init; }
}
