namespace AITrader.MockMcp.Broker;

/// <summary>A trigger that places an order when the price reaches it: good till triggered.</summary>
internal sealed record Gtt
{
    public required int Id { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public required string Exchange { get; init; }

    public required string Symbol { get; init; }

    public required uint Token { get; init; }

    public required IReadOnlyList<decimal> TriggerValues { get; init; }

    public required decimal LastPrice { get; init; }

    public required IReadOnlyList<GttOrder> Orders { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public bool IsActive => Status == "active";

    /// <summary>The leg whose trigger a price reaches; null for none. The lower of two waits for a fall, the upper for a rise; a single one
    /// for a move from where the price was when it was set.</summary>
    public int? Reached(decimal price)
    {
        if (TriggerValues.Count == 2)
        {
            return price <= TriggerValues[0] ? 0
                : price >= TriggerValues[1] ? 1
                : null;
        }

        var isReached = TriggerValues[0] > LastPrice ? price >= TriggerValues[0] : price <= TriggerValues[0];
        return isReached ? 0 : null;
    }
}

/// <summary>The order of one leg.</summary>
internal sealed record GttOrder(string TransactionType, int Quantity, string OrderType, string Product, decimal Price)
{
    public GttResult? Result { get; init; }
}

/// <summary>What became of a leg's order.</summary>
internal sealed record GttResult(DateTimeOffset At, decimal TriggeredAt, string Status, string OrderId, string RejectionReason);
