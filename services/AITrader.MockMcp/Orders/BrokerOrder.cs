namespace AITrader.MockMcp.Orders;

/// <summary>One state of an order. A change is another one; the journal keeps them all.</summary>
internal sealed record BrokerOrder
{
    public required string Id { get; init; }

    public required OrderTicket Ticket { get; init; }

    public required string Status { get; init; }

    public string? ExchangeId { get; init; }

    public string? ParentId { get; init; }

    public string? Message { get; init; }

    public string? RawMessage { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When the broker last had a request for it.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the exchange took it; null before that, and for what it never saw.</summary>
    public DateTimeOffset? ExchangeAt { get; init; }

    public DateTimeOffset? ExchangeUpdatedAt { get; init; }

    public int Filled { get; init; }

    public decimal FilledValue { get; init; }

    public int Cancelled { get; init; }

    public int Modifications { get; init; }

    public bool IsTriggered { get; init; }

    /// <summary>Fills come no earlier: a fault, or the opening that an after-market order waits for.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Most that fills in one step of the market: a fault.</summary>
    public int? MaxFill { get; init; }

    public IcebergLeg? Iceberg { get; init; }

    public int Pending => Status == OrderStatus.Rejected ? 0 : Ticket.Quantity - Filled;

    public decimal AveragePrice => Filled == 0 ? 0 : decimal.Round(FilledValue / Filled, 4);

    public bool IsFinal => OrderStatus.IsFinal(Status);

    /// <summary>Whether it is at the exchange and can be matched.</summary>
    public bool IsWorking => Status is OrderStatus.Open or OrderStatus.TriggerPending;
}

/// <summary>The place of an order among the legs of an iceberg.</summary>
internal sealed record IcebergLeg(int Leg, int Legs, int LegQuantity, int TotalQuantity)
{
    public int Remaining => Math.Max(0, TotalQuantity - (Leg * LegQuantity));
}
