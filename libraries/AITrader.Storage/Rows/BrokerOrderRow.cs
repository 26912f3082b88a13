using AITrader.Domain.Orders;

namespace AITrader.Storage.Rows;

/// <summary>An order, or a part of one, that is at a broker, or was meant to be: stored before it is sent.</summary>
public sealed class BrokerOrderRow
{
    /// <summary>What the tag is made of: the order's id, of later parts an id that follows from it.</summary>
    public required Guid Id { get; set; }

    /// <summary>The order that it is a part of.</summary>
    public required Guid OrderId { get; set; }

    /// <summary>Number of the part, from 0.</summary>
    public required int Part { get; set; }

    /// <summary>Name of the broker.</summary>
    public required string Broker { get; set; }

    /// <summary>The tag that it is sent with: always the same one.</summary>
    public required string Tag { get; set; }

    /// <summary>The broker's number; null until it is known.</summary>
    public string? BrokerOrderId { get; set; }

    /// <summary>One of <see cref="BrokerOrderStates"/>.</summary>
    public required string State { get; set; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; set; }

    /// <summary>Side of the order.</summary>
    public required Side Side { get; set; }

    /// <summary>Order type that it is sent as.</summary>
    public required string Type { get; set; }

    /// <summary>Quantity in all.</summary>
    public required decimal Quantity { get; set; }

    /// <summary>Limit price; null where it has none.</summary>
    public decimal? Price { get; set; }

    /// <summary>Price that sets it off; null where it has none.</summary>
    public decimal? TriggerPrice { get; set; }

    /// <summary>Executed of it, as booked.</summary>
    public decimal FilledQuantity { get; set; }

    /// <summary>Why it is to end; empty where it is not.</summary>
    public string Ending { get; set; } = string.Empty;

    /// <summary>Times that it was sent and provably not taken.</summary>
    public int Attempts { get; set; }

    /// <summary>What the broker said of it last.</summary>
    public string Answer { get; set; } = string.Empty;

    /// <summary>Since when it is not known whether the broker has it; null where it is known.</summary>
    public DateTimeOffset? UnknownSince { get; set; }

    /// <summary>Wall clock of the intent, which is stored before it is sent.</summary>
    public required DateTimeOffset IntendedAt { get; set; }

    /// <summary>Wall clock of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Where a part of an order is.</summary>
public static class BrokerOrderStates
{
    /// <summary>To be sent, or on its way: after a crash nobody knows which.</summary>
    public const string Intended = "INTENDED";

    /// <summary>Sent, and no answer: looked up by its tag until there is proof.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>The broker has it.</summary>
    public const string Working = "WORKING";

    /// <summary>Nothing more is expected of it.</summary>
    public const string Done = "DONE";
}
