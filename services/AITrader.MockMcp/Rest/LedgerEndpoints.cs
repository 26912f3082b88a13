using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Rest;

/// <summary>What a judge of another system's books compares them with: every order and trade there ever was, without a login.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this RouteGroupBuilder admin) => admin.MapGet("/ledger", Ledger);

    private static IResult Ledger(BrokerDesk desk)
    {
        var (orders, trades) = desk.Everything();
        return KiteResults.Data(new { Orders = orders.Select(OrderShape.Of), Trades = trades.Select(OrderShape.Of) });
    }
}
