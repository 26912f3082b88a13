namespace AITrader.Domain.Orders;

/// <summary>One execution of an order; on the bus it is an entry of <c>fills:global</c>.</summary>
public sealed record Fill
{
    /// <summary>Its id: the same one is never booked twice.</summary>
    public required Guid ExecId { get; init; }

    /// <summary>Order that was executed.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Side of the order.</summary>
    public required Side Side { get; init; }

    /// <summary>Executed quantity; positive.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Execution price; positive.</summary>
    public required decimal Price { get; init; }

    /// <summary>Fee in quote currency; not negative.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Whether it took liquidity that was shown (taker) or was waited for (maker).</summary>
    public required bool IsTaker { get; init; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Sequence of the tick that filled it.</summary>
    public required long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;

    /// <summary>Quantity with the sign of the side.</summary>
    public decimal SignedQuantity => Side.Sign() * Quantity;

    /// <summary>taker or maker.</summary>
    public string Liquidity => IsTaker ? "taker" : "maker";
}
