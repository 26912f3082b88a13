using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Mcp;

/// <summary>Tools that read the account.</summary>
internal static class AccountTools
{
    public static IEnumerable<KiteTool> All =>
        [
            Read("get_profile", "Retrieve the user's profile information", static (_, _) => ProfileShape.Of()),
            Read("get_margins", "Retrieve margins", static (face, _) => Margins(face)),
            List("get_holdings", "Get holdings for the current user. Supports pagination for large datasets.", Holdings),
            List("get_positions", "Get current positions. Supports pagination for large datasets.", Positions),
            List("get_trades", "Get trading history. Supports pagination for large datasets.", static face =>
                [.. face.Desk.Trades().Select(OrderShape.Of)]
            ),
            List("get_orders", "Get all orders. Supports pagination for large datasets.", static face =>
                [.. face.Desk.Orders().Select(OrderShape.Of)]
            ),
            List("get_gtts", "Get all active GTT orders. Supports pagination for large datasets.", static face =>
                [.. face.Desk.Gtts().Select(GttShape.Of)]
            ),
            List("get_mf_holdings", "Get all mutual fund holdings. Supports pagination for large datasets.", static _ => []),
            OfOrder("get_order_history", "Get order history for a specific order", static (face, id) =>
                face.Desk.History(id).Select(OrderShape.Of).ToList()
            ),
            OfOrder("get_order_trades", "Get trades for a specific order", TradesOf),
        ];

    private static object Margins(McpFace face) =>
        new
        {
            Equity = face.Desk.Read((account, rms) => AccountShape.Equity(account, rms, face.Board)),
            Commodity = AccountShape.Commodity(),
        };

    private static IReadOnlyList<object> Holdings(McpFace face) =>
        face.Desk.Read((account, _) => AccountShape.Holdings(account, face.Board, face.Clock.GetUtcNow()));

    // Day first, then net, in one list that does not say which is which: so does Kite's.
    private static IReadOnlyList<object> Positions(McpFace face)
    {
        var (net, day) = face.Desk.Read((account, _) => AccountShape.Positions(account, face.Board));
        return [.. day, .. net];
    }

    private static object TradesOf(McpFace face, string id)
    {
        face.Desk.History(id);
        return face.Desk.Trades().Where(trade => trade.OrderId == id).Select(OrderShape.Of).ToList();
    }

    private static KiteTool Read(string name, string description, Func<McpFace, ToolArguments, object?> run) =>
        new(name, description, ToolSchema.None, $"Failed to execute {name}", run);

    private static KiteTool List(string name, string description, Func<McpFace, IReadOnlyList<object>> all) =>
        new(name, description, Page.Schema, $"Failed to execute {name}", (face, arguments) => Page.Of(all(face), arguments));

    private static KiteTool OfOrder(string name, string description, Func<McpFace, string, object?> run) =>
        new(
            name,
            description,
            new ToolSchema().Text("order_id", "ID of the order").MustBe(),
            $"Failed to execute {name}",
            (face, arguments) => run(face, arguments.Text("order_id"))
        );
}
