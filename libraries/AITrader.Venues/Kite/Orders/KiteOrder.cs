namespace AITrader.Venues.Kite.Orders;

/// <summary>An order, or one of its states, as Kite has it. Fields that Kite leaves out or has as null are empty here.</summary>
public sealed record KiteOrder
{
    /// <summary>Kite's number: text.</summary>
    public required string OrderId { get; init; }

    /// <summary>Number of the order that this one belongs to, of cover orders and slices.</summary>
    public string? ParentOrderId { get; init; }

    /// <summary>State, in Kite's words.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was rejected, for people.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>Why it was rejected, as the risk management system has it.</summary>
    public string? StatusMessageRaw { get; init; }

    /// <summary>Variety, such as regular.</summary>
    public string Variety { get; init; } = "regular";

    /// <summary>Exchange.</summary>
    public required string Exchange { get; init; }

    /// <summary>Symbol on its exchange.</summary>
    public required string Tradingsymbol { get; init; }

    /// <summary>BUY or SELL.</summary>
    public required string TransactionType { get; init; }

    /// <summary>MARKET, LIMIT, SL or SL-M.</summary>
    public string? OrderType { get; init; }

    /// <summary>Product, such as MIS.</summary>
    public string? Product { get; init; }

    /// <summary>Quantity in all.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Executed quantity.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>Open quantity; not zeroed by a cancel.</summary>
    public decimal PendingQuantity { get; init; }

    /// <summary>Average price of what is executed; 0 before that.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>Limit price; 0 where it has none.</summary>
    public decimal Price { get; init; }

    /// <summary>Price that sets it off; 0 where it has none.</summary>
    public decimal TriggerPrice { get; init; }

    /// <summary>The tag that it was placed with.</summary>
    public string? Tag { get; init; }

    /// <summary>When Kite last had a request for it, <c>yyyy-MM-dd HH:mm:ss</c> in IST.</summary>
    public string? OrderTimestamp { get; init; }
}

/// <summary>A trade as Kite has it.</summary>
public sealed record KiteTrade
{
    /// <summary>The exchange's number.</summary>
    public required string TradeId { get; init; }

    /// <summary>The order that was executed.</summary>
    public required string OrderId { get; init; }

    /// <summary>Exchange.</summary>
    public required string Exchange { get; init; }

    /// <summary>Symbol on its exchange.</summary>
    public required string Tradingsymbol { get; init; }

    /// <summary>BUY or SELL.</summary>
    public required string TransactionType { get; init; }

    /// <summary>Executed quantity.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Execution price.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>When, <c>yyyy-MM-dd HH:mm:ss</c> in IST.</summary>
    public string? FillTimestamp { get; init; }
}

/// <summary>A position as Kite has it.</summary>
public sealed record KitePosition
{
    /// <summary>Exchange.</summary>
    public required string Exchange { get; init; }

    /// <summary>Symbol on its exchange.</summary>
    public required string Tradingsymbol { get; init; }

    /// <summary>Product.</summary>
    public required string Product { get; init; }

    /// <summary>Quantity, negative where short.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Price of what is open.</summary>
    public decimal AveragePrice { get; init; }
}

/// <summary>Positions: what is held now, and what today's trades alone made. The two are never added up.</summary>
/// <param name="Net">What is held now.</param>
/// <param name="Day">What today's trades made.</param>
public sealed record KitePositions(IReadOnlyList<KitePosition> Net, IReadOnlyList<KitePosition> Day);

/// <summary>Funds of a segment.</summary>
/// <param name="Net">What there is for new orders.</param>
public sealed record KiteFunds(decimal Net);

/// <summary>The answer to a request that changes an order.</summary>
/// <param name="OrderId">The order's number; null where Kite left it out.</param>
public sealed record KiteOrderId(string? OrderId);
