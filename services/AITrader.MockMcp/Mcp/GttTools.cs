using AITrader.MockMcp.Broker;

namespace AITrader.MockMcp.Mcp;

/// <summary>Tools that set, change and delete triggers.</summary>
internal static class GttTools
{
    public static IEnumerable<KiteTool> All =>
        [
            new(
                "place_gtt_order",
                "Place a GTT (Good Till Triggered) order",
                WithTrigger(WithInstrument(new ToolSchema()).Text("product", "Product type", "CNC", "NRML", "MIS", "MTF").MustBe()),
                "Failed to place GTT order",
                static (face, arguments) => Answer(face.Desk.SetGtt(Request(arguments, arguments.Text("product"))))
            )
            {
                Check = CheckType,
            },
            new(
                "modify_gtt_order",
                "Modify an existing GTT (Good Till Triggered) order",
                WithTrigger(WithInstrument(WithId())),
                "Failed to modify GTT order",
                // The product cannot be given, and becomes CNC: so it does with Kite's MCP server.
                static (face, arguments) => Answer(face.Desk.ChangeGtt(arguments.Whole("trigger_id"), Request(arguments, "CNC")))
            )
            {
                Check = CheckType,
            },
            new(
                "delete_gtt_order",
                "Delete an existing GTT (Good Till Triggered) order",
                WithId(),
                "Failed to delete GTT order",
                static (face, arguments) => Answer(face.Desk.DeleteGtt(arguments.Whole("trigger_id")))
            ),
        ];

    private static ToolSchema WithId() => new ToolSchema().Number("trigger_id", "The ID of the GTT order").MustBe();

    private static ToolSchema WithInstrument(ToolSchema schema) =>
        schema
            .Text("exchange", "The exchange to which the order should be placed", "NSE", "BSE", "MCX", "NFO", "BFO")
            .MustBe()
            .With("default", "NSE")
            .Text("tradingsymbol", "Trading symbol")
            .MustBe()
            .Number("last_price", "Last price of the instrument")
            .MustBe()
            .Text("transaction_type", "Transaction type", "BUY", "SELL")
            .MustBe();

    private static ToolSchema WithTrigger(ToolSchema schema)
    {
        schema.Text("trigger_type", "GTT trigger type", "single", "two-leg").MustBe();
        foreach (var (leg, kind) in new[] { ("", "single-leg"), ("upper_", "two-leg"), ("lower_", "two-leg") })
        {
            schema
                .Number($"{leg}trigger_value", $"Price point at which the GTT will be triggered (for {kind})")
                .Number($"{leg}quantity", $"Quantity for the order (for {kind})")
                .Number($"{leg}limit_price", $"Limit price for the order (for {kind})");
        }

        return schema;
    }

    private static string? CheckType(ToolArguments arguments) =>
        arguments.Text("trigger_type") is "single" or "two-leg" ? null : "Invalid trigger_type. Must be 'single' or 'two-leg'";

    private static GttRequest Request(ToolArguments arguments, string product)
    {
        var type = arguments.Text("trigger_type");
        string[] legs = type == "single" ? [string.Empty] : ["lower_", "upper_"];
        return new GttRequest(
            type,
            arguments.Text("exchange", "NSE"),
            arguments.Text("tradingsymbol"),
            [.. legs.Select(leg => arguments.Number($"{leg}trigger_value"))],
            arguments.Number("last_price"),
            [
                .. legs.Select(leg => new GttOrder(
                    arguments.Text("transaction_type"),
                    arguments.Whole($"{leg}quantity"),
                    "LIMIT",
                    product,
                    arguments.Number($"{leg}limit_price")
                )),
            ]
        );
    }

    private static object Answer(Gtt gtt) => new { TriggerId = gtt.Id };
}
