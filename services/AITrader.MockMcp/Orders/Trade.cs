namespace AITrader.MockMcp.Orders;

/// <summary>A fill.</summary>
internal sealed record Trade(
    string Id,
    string OrderId,
    string ExchangeOrderId,
    string Exchange,
    string Symbol,
    uint Token,
    string Product,
    bool IsBuy,
    int Quantity,
    decimal Price,
    DateTimeOffset OrderedAt,
    DateTimeOffset FilledAt
)
{
    public decimal Value => Price * Quantity;
}

/// <summary>A part of a position that changed its product.</summary>
internal sealed record Conversion(
    string Symbol,
    string Exchange,
    uint Token,
    bool IsBuy,
    bool IsOvernight,
    int Quantity,
    decimal Price,
    string OldProduct,
    string NewProduct,
    DateTimeOffset At
);
