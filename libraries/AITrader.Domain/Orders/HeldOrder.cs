namespace AITrader.Domain.Orders;

/// <summary>What of an order is kept locally, because the broker does not take it as it is. Immutable.</summary>
public sealed record HeldOrder
{
    /// <summary>Whether it waits for its trigger.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether the broker takes its type as it is: it only waits for its parent.</summary>
    public bool IsNative { get; init; }

    /// <summary>Trade price that sets it off; null for a trailing stop that has seen no trade.</summary>
    public decimal? Trigger { get; init; }

    /// <summary>Best trade that a trailing stop has seen.</summary>
    public decimal? Best { get; init; }

    /// <summary>Quantity that waits for executions of the parent.</summary>
    public decimal Dormant { get; init; }

    /// <summary>What is at the broker, or on its way there; null while nothing is.</summary>
    public SentPart? Sent { get; init; }

    /// <summary>After an execution of what was sent.</summary>
    public HeldOrder Executed(decimal quantity) =>
        Sent is { } sent ? this with { Sent = sent with { Filled = sent.Filled + quantity } } : this;
}

/// <summary>The part of a held order that was sent to the broker.</summary>
/// <param name="Type">Market or limit.</param>
/// <param name="Quantity">Its quantity.</param>
/// <param name="SentAt">Event time of sending it.</param>
public sealed record SentPart(OrderType Type, decimal Quantity, DateTimeOffset SentAt)
{
    /// <summary>Executed of it.</summary>
    public decimal Filled { get; init; }

    /// <summary>Whether the exchange has it.</summary>
    public bool HasArrived { get; init; }

    /// <summary>Not executed of it.</summary>
    public decimal Open => Math.Max(0m, Quantity - Filled);
}
