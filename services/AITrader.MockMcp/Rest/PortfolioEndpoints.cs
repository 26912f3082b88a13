using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Shapes;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Rest;

/// <summary>Positions, holdings and funds.</summary>
internal static class PortfolioEndpoints
{
    public static void MapPortfolio(this IEndpointRouteBuilder routes)
    {
        var signed = routes.MapGroup("").AddEndpointFilter<KiteRequestFilter>();
        signed.MapGet("/user/margins", Funds);
        signed.MapGet("/user/margins/equity", static (BrokerDesk desk, MarketBoard board) => KiteResults.Data(Equity(desk, board)));
        signed.MapGet("/user/margins/commodity", static () => KiteResults.Data(AccountShape.Commodity()));
        signed.MapGet("/portfolio/positions", Positions);
        signed.MapPut("/portfolio/positions", ConvertAsync);
        var holdings = signed.MapGroup("/portfolio/holdings");
        holdings.MapGet("", static (BrokerDesk desk, MarketBoard board, TimeProvider clock) => KiteResults.Data(Held(desk, board, clock)));
        holdings.MapGet("/summary", Summary);
        holdings.MapGet("/compact", Compact);
        holdings.MapGet("/auctions", static () => KiteResults.Data(Array.Empty<object>()));
        holdings.MapPost("/authorise", static () => KiteResults.Data(new { RequestId = Convert.ToHexStringLower("authorise"u8) }));
        signed.MapGet("/mf/holdings", static () => KiteResults.Data(Array.Empty<object>()));
    }

    private static IResult Funds(BrokerDesk desk, MarketBoard board) =>
        KiteResults.Data(new { Equity = Equity(desk, board), Commodity = AccountShape.Commodity() });

    private static object Equity(BrokerDesk desk, MarketBoard board) =>
        desk.Read((account, rms) => AccountShape.Equity(account, rms, board));

    private static IResult Positions(BrokerDesk desk, MarketBoard board)
    {
        var (net, day) = desk.Read((account, _) => AccountShape.Positions(account, board));
        return KiteResults.Data(new { Net = net, Day = day });
    }

    private static IReadOnlyList<HoldingRow> Held(BrokerDesk desk, MarketBoard board, TimeProvider clock) =>
        desk.Read((account, _) => AccountShape.Holdings(account, board, clock.GetUtcNow()));

    private static IResult Summary(BrokerDesk desk, MarketBoard board, TimeProvider clock) =>
        KiteResults.Data(AccountShape.Summary(Held(desk, board, clock)));

    private static IResult Compact(BrokerDesk desk, MarketBoard board, TimeProvider clock) =>
        KiteResults.Data(
            Held(desk, board, clock)
                .Select(static row => new
                {
                    row.Exchange,
                    row.Tradingsymbol,
                    row.InstrumentToken,
                    row.Quantity,
                })
        );

    private static async Task<IResult> ConvertAsync(HttpRequest request, BrokerDesk desk, CancellationToken ct)
    {
        var fields = await RequestFields.ReadAsync(request, ct);
        var listing = OrderForm.Tradable(fields.Required("exchange"), fields.Required("tradingsymbol"));
        var isOvernight = fields.Required("position_type") switch
        {
            "day" => false,
            "overnight" => true,
            _ => throw Invalid("position_type"),
        };
        var (before, after) = (fields.Required("old_product"), fields.Required("new_product"));
        if (!OrderRules.IsProduct(before) || !OrderRules.IsProduct(after) || before == after)
        {
            throw Invalid("new_product");
        }

        desk.Convert(
            new Conversion(
                listing.Symbol,
                Listing.Exchange,
                listing.Token,
                OrderForm.IsBuy(fields.Required("transaction_type")),
                isOvernight,
                fields.Whole("quantity") ?? throw Missing("quantity"),
                0,
                before,
                after,
                default
            )
        );
        return KiteResults.Data(true);
    }
}
