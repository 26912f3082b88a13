using AITrader.MockMcp.Market;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Orders;

/// <summary>What the broker checks before it takes an order: refused here, an order never gets an id.</summary>
internal static class OrderRules
{
    public const int MaxTagLength = 20;
    public const int FreezeQuantity = 100_000;
    public const int MaxSlices = 10;
    public const int MaxModifications = 25;

    private const int MinLegs = 2;
    private const int MaxLegs = 50;

    private static readonly string[] Varieties = ["regular", "amo", "co", "iceberg", "auction"];
    private static readonly string[] Products = ["CNC", "NRML", "MIS", "MTF"];
    private static readonly string[] OrderTypes = ["MARKET", "LIMIT", "SL", "SL-M"];
    private static readonly string[] Validities = ["DAY", "IOC", "TTL"];

    public static bool IsVariety(string name) => Varieties.Contains(name);

    public static bool IsProduct(string name) => Products.Contains(name);

    /// <summary>Refuses what cannot be an order.</summary>
    public static void Check(OrderTicket ticket)
    {
        Require(Products.Contains(ticket.Product), "product");
        Require(OrderTypes.Contains(ticket.OrderType), "order_type");
        Require(Validities.Contains(ticket.Validity), "validity");
        Require(ticket.Quantity > 0, "quantity");
        Require(ticket.DisclosedQuantity >= 0 && ticket.DisclosedQuantity <= ticket.Quantity, "disclosed_quantity");
        Require(ticket.MarketProtection is -1 or (>= 0 and <= 100), "market_protection");
        Require(ticket.MarketProtection == 0 || ticket.IsMarket, "market_protection");
        Require(ticket.Validity != "TTL" || ticket.ValidityMinutes > 0, "validity_ttl");
        if (ticket.Tag is { } tag && (tag.Length > MaxTagLength || !tag.All(char.IsAsciiLetterOrDigit)))
        {
            throw Input("Invalid `tag`. It should be alphanumeric and have a maximum of 20 characters.");
        }

        CheckPrices(ticket);
        CheckVariety(ticket);
    }

    private static void CheckPrices(OrderTicket ticket)
    {
        if (ticket.OrderType is "LIMIT" or "SL")
        {
            Require(ticket.Price > 0, "price");
            CheckTick(ticket.Price);
        }

        if (ticket.HasTrigger || ticket.Variety == "co")
        {
            Require(ticket.TriggerPrice > 0, "trigger_price");
            CheckTick(ticket.TriggerPrice);
        }

        if (ticket.OrderType == "SL" && (ticket.IsBuy ? ticket.TriggerPrice > ticket.Price : ticket.TriggerPrice < ticket.Price))
        {
            throw Input(
                ticket.IsBuy
                    ? "Trigger price for stoploss buy orders cannot be above the limit price."
                    : "Trigger price for stoploss sell orders cannot be below the limit price."
            );
        }
    }

    private static void CheckTick(decimal price)
    {
        if (price % Listing.TickSize != 0)
        {
            throw Input("Tick size for this script is 5.00 paise. Kindly enter price in the multiple of tick size for this script.");
        }
    }

    private static void CheckVariety(OrderTicket ticket)
    {
        if (ticket.Variety == "iceberg")
        {
            Require(ticket.IcebergLegs is >= MinLegs and <= MaxLegs, "iceberg_legs");
            Require(ticket.OrderType == "LIMIT", "order_type");
            Require(
                ticket.IcebergQuantity > 0 && ticket.IcebergQuantity == SliceOf(ticket.Quantity, ticket.IcebergLegs),
                "iceberg_quantity"
            );
        }

        Require(ticket.Variety != "co" || ticket.OrderType != "SL", "order_type");
        Require(ticket.Variety != "auction" || ticket.AuctionNumber is { Length: > 0 }, "auction_number");
        if (ticket.Quantity > FreezeQuantity && !ticket.IsAutoslice && ticket.Variety != "iceberg")
        {
            throw Input($"Order quantity is above the freeze quantity of {FreezeQuantity}. Use autoslice.");
        }

        if (ticket.Quantity > FreezeQuantity * MaxSlices)
        {
            throw Input($"Order can be sliced into {MaxSlices} orders at most.");
        }
    }

    /// <summary>Quantity of all slices but the last.</summary>
    public static int SliceOf(int quantity, int slices) => (quantity + slices - 1) / slices;

    private static void Require(bool isGood, string field)
    {
        if (!isGood)
        {
            throw Invalid(field);
        }
    }
}
