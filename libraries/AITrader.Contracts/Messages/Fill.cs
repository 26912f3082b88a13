namespace AITrader.Contracts.Messages;

/// <summary>One execution, on <see cref="StreamNames.Fills"/>.</summary>
public sealed record Fill
{
    /// <summary>Order that was filled.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>Quantity of this execution.</summary>
    public required decimal FillQuantity { get; init; }

    /// <summary>Price of this execution.</summary>
    public required decimal FillPrice { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Side of the order.</summary>
    public required Side Side { get; init; }

    /// <summary>Fee in quote currency.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Execution id: the same one is never booked twice.</summary>
    public required Guid ExecId { get; init; }

    /// <summary>maker or taker.</summary>
    public required string Liquidity { get; init; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Sequence of the tick that filled it.</summary>
    public long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}
