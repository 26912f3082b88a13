using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Rest;

/// <summary>Reads orders from the fields of a form.</summary>
internal static class OrderForm
{
    public static OrderTicket Ticket(string variety, RequestFields fields)
    {
        if (!OrderRules.IsVariety(variety))
        {
            throw new BrokerRefusalException(StatusCodes.Status405MethodNotAllowed, "GeneralException", "Requested method not allowed");
        }

        var exchange = fields.Required("exchange");
        var symbol = fields.Required("tradingsymbol");
        var quantity = fields.Whole("quantity") ?? throw Missing("quantity");
        var legs = fields.Whole("iceberg_legs") ?? 0;
        return new OrderTicket
        {
            Variety = variety,
            Exchange = exchange,
            Symbol = symbol,
            Token = Tradable(exchange, symbol).Token,
            IsBuy = IsBuy(fields.Required("transaction_type")),
            Quantity = quantity,
            Product = fields.Required("product"),
            OrderType = fields.Required("order_type"),
            Validity = fields.Text("validity") ?? "DAY",
            ValidityMinutes = fields.Whole("validity_ttl") ?? 0,
            Price = fields.Number("price") ?? 0,
            TriggerPrice = fields.Number("trigger_price") ?? 0,
            DisclosedQuantity = fields.Whole("disclosed_quantity") ?? 0,
            MarketProtection = fields.Number("market_protection") ?? 0,
            IcebergLegs = legs,
            IcebergQuantity = fields.Whole("iceberg_quantity") ?? (legs > 0 ? OrderRules.SliceOf(quantity, legs) : 0),
            AuctionNumber = fields.Text("auction_number"),
            Tag = fields.Text("tag"),
            IsAutoslice = fields.Flag("autoslice"),
        }.WithoutIdlePrice();
    }

    public static OrderChange Change(RequestFields fields) =>
        new()
        {
            OrderType = fields.Text("order_type"),
            Quantity = fields.Whole("quantity"),
            Price = fields.Number("price"),
            TriggerPrice = fields.Number("trigger_price"),
            DisclosedQuantity = fields.Whole("disclosed_quantity"),
            Validity = fields.Text("validity"),
            ValidityMinutes = fields.Whole("validity_ttl"),
            MarketProtection = fields.Number("market_protection"),
        };

    public static Listing Tradable(string exchange, string symbol) =>
        Listing.Find(exchange, symbol) is { IsIndex: false } listing
            ? listing
            : throw Input("The instrument you are placing an order for has either expired or does not exist.");

    public static bool IsBuy(string side) =>
        side switch
        {
            "BUY" => true,
            "SELL" => false,
            _ => throw Invalid("transaction_type"),
        };
}
