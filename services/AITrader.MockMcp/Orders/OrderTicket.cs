namespace AITrader.MockMcp.Orders;

/// <summary>An order as it was asked for.</summary>
internal sealed record OrderTicket
{
    public required string Variety { get; init; }

    public required string Exchange { get; init; }

    public required string Symbol { get; init; }

    public required uint Token { get; init; }

    public required bool IsBuy { get; init; }

    public required string OrderType { get; init; }

    public required string Product { get; init; }

    public required int Quantity { get; init; }

    public string Validity { get; init; } = "DAY";

    public int ValidityMinutes { get; init; }

    public decimal Price { get; init; }

    public decimal TriggerPrice { get; init; }

    public int DisclosedQuantity { get; init; }

    /// <summary>Percent from the last price that a market order may reach; 0 for any, -1 for the broker's choice.</summary>
    public decimal MarketProtection { get; init; }

    public int IcebergLegs { get; init; }

    public int IcebergQuantity { get; init; }

    public string? AuctionNumber { get; init; }

    public string? Tag { get; init; }

    public bool IsAutoslice { get; init; }

    public bool IsMarket => OrderType is "MARKET" or "SL-M";

    public bool HasTrigger => OrderType is "SL" or "SL-M";

    /// <summary>The same without the price that clients send with market orders too, where it means nothing.</summary>
    public OrderTicket WithoutIdlePrice() => IsMarket ? this with { Price = 0 } : this;

    public string Side => IsBuy ? "BUY" : "SELL";
}
