namespace AITrader.Domain.Orders;

/// <summary>What an order asks for beyond type, time in force, quantity and limit price. Times are event time.</summary>
public sealed record OrderConditions
{
    /// <summary>Nothing.</summary>
    public static OrderConditions None { get; } = new();

    /// <summary>Trade price that sets it off: of stops and of orders that wait for a touch; of a trailing stop the first one, if
    /// wanted.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Distance of a trailing stop from the best trade, in quote currency.</summary>
    public decimal? TrailingAmount { get; init; }

    /// <summary>Distance of a trailing stop from the best trade, in basis points of it.</summary>
    public decimal? TrailingBps { get; init; }

    /// <summary>Quantity that an iceberg shows at a time.</summary>
    public decimal? DisplayQuantity { get; init; }

    /// <summary>When a GTD order ends.</summary>
    public DateTimeOffset? GoodTill { get; init; }

    /// <summary>It never adds to a position: what is beyond the position is not executed.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>It never takes liquidity: it is refused where it would.</summary>
    public bool PostOnly { get; init; }

    /// <summary>The order whose executions it waits for: it is active up to the quantity that the parent got.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>One cancels the other: an execution of one takes its quantity off the others of the group, the end of one ends the
    /// others.</summary>
    public Guid? OcoGroup { get; init; }

    /// <summary>Whether anything is asked for.</summary>
    public bool IsNone => this == None;
}
