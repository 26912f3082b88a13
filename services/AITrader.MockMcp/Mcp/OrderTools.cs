using System.Globalization;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Rest;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Mcp;

/// <summary>Tools that place, change and cancel orders.</summary>
internal static class OrderTools
{
    private const string Variety = "variety";

    public static IEnumerable<KiteTool> All =>
        [
            new("place_order", "Place an order", PlaceSchema, "Failed to place order", Place) { IsOrder = true, Kind = RequestKind.Order },
            new("modify_order", "Modify an existing order", ModifySchema, "Failed to modify order", Modify) { IsOrder = true },
            new(
                "cancel_order",
                "Cancel an existing order",
                WithVariety().Text("order_id", "Order ID").MustBe(),
                "Failed to cancel order",
                static (face, arguments) => Answer(face.Desk.Cancel(arguments.Text(Variety, "regular"), arguments.Text("order_id")))
            )
            {
                IsOrder = true,
            },
        ];

    private static ToolSchema PlaceSchema =>
        WithVariety()
            .Text("exchange", "The exchange to which the order should be placed", "NSE", "BSE", "MCX", "NFO", "BFO")
            .MustBe()
            .With("default", "NSE")
            .Text("tradingsymbol", "Trading symbol")
            .MustBe()
            .Text("transaction_type", "Transaction type", "BUY", "SELL")
            .MustBe()
            .Number("quantity", "Quantity")
            .MustBe()
            .With("minimum", 1)
            .Text("product", "Product type", "CNC", "NRML", "MIS", "MTF")
            .MustBe()
            .Text("order_type", "Order type", "MARKET", "LIMIT", "SL", "SL-M")
            .MustBe()
            .Number("price", "Price (required for LIMIT order_type)")
            .Text("validity", "Order validity: DAY, IOC for immediate or cancel, TTL for minutes", "DAY", "IOC", "TTL")
            .Number("validity_ttl", "Order life span in minutes for TTL validity orders, required for TTL orders")
            .Number("disclosed_quantity", "Quantity to disclose publicly (for equity trades)")
            .Number("trigger_price", "The price at which an order should be triggered (SL, SL-M orders)")
            .Number("iceberg_legs", "Number of legs for iceberg orders")
            .Number("iceberg_quantity", "Quantity per leg for iceberg orders")
            .Text("tag", "An optional tag to apply to an order to identify it (alphanumeric, max 20 chars)")
            .With("maxLength", OrderRules.MaxTagLength);

    private static ToolSchema ModifySchema =>
        WithVariety()
            .Text("order_id", "Order ID")
            .MustBe()
            .Number("quantity", "Quantity")
            .With("minimum", 1)
            .Number("price", "Price (required for LIMIT order_type)")
            .Text("order_type", "Order type", "MARKET", "LIMIT", "SL", "SL-M")
            .MustBe()
            .Number("trigger_price", "The price at which an order should be triggered (SL, SL-M orders)")
            .Text("validity", "Order validity: DAY, IOC for immediate or cancel, TTL for minutes", "DAY", "IOC", "TTL")
            .Number("disclosed_quantity", "Quantity to disclose publicly (for equity trades)");

    private static ToolSchema WithVariety() =>
        new ToolSchema().Text(Variety, "Order variety", "regular", "co", "amo", "iceberg", "auction").MustBe().With("default", "regular");

    private static object Place(McpFace face, ToolArguments arguments)
    {
        var fields = new RequestFields(name =>
            name switch
            {
                "quantity" => arguments.Whole("quantity", 1).ToString(CultureInfo.InvariantCulture),
                "price" or "trigger_price" => ToolArguments.Field(arguments.Number(name)),
                "validity_ttl" or "disclosed_quantity" or "iceberg_legs" or "iceberg_quantity" => ToolArguments.Field(
                    arguments.Whole(name)
                ),
                _ => arguments.Text(name),
            }
        );
        return new { face.Desk.Place(OrderForm.Ticket(arguments.Text(Variety, "regular"), fields))[0].OrderId };
    }

    // A call that leaves the quantity out sends 1, as Kite's MCP server does.
    private static object Modify(McpFace face, ToolArguments arguments)
    {
        var fields = new RequestFields(name =>
            name switch
            {
                "quantity" => arguments.Whole("quantity", 1).ToString(CultureInfo.InvariantCulture),
                "price" or "trigger_price" => ToolArguments.Field(arguments.Number(name)),
                "disclosed_quantity" => ToolArguments.Field(arguments.Whole(name)),
                "order_type" or "validity" => arguments.Text(name),
                _ => null,
            }
        );
        return Answer(face.Desk.Modify(arguments.Text(Variety, "regular"), arguments.Text("order_id"), OrderForm.Change(fields)));
    }

    private static object Answer(BrokerOrder order) => new { OrderId = order.Id };
}
