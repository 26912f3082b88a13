using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>What a modification says; null is as before.</summary>
internal sealed record OrderChange
{
    public string? OrderType { get; init; }

    public int? Quantity { get; init; }

    public decimal? Price { get; init; }

    public decimal? TriggerPrice { get; init; }

    public int? DisclosedQuantity { get; init; }

    public string? Validity { get; init; }

    public int? ValidityMinutes { get; init; }

    public decimal? MarketProtection { get; init; }

    public OrderTicket ApplyTo(OrderTicket ticket)
    {
        var type = OrderType ?? ticket.OrderType;
        return ticket with
        {
            OrderType = type,
            Quantity = Quantity ?? ticket.Quantity,
            Price = type is "MARKET" or "SL-M" ? 0 : Price ?? ticket.Price,
            TriggerPrice = TriggerPrice ?? ticket.TriggerPrice,
            DisclosedQuantity = DisclosedQuantity ?? ticket.DisclosedQuantity,
            Validity = Validity ?? ticket.Validity,
            ValidityMinutes = ValidityMinutes ?? ticket.ValidityMinutes,
            MarketProtection = MarketProtection ?? ticket.MarketProtection,
        };
    }
}
