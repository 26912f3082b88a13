using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Rest;

/// <summary>Orders and trades.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var signed = routes.MapGroup("").AddEndpointFilter<KiteRequestFilter>();
        signed.MapGet("/orders", static (BrokerDesk desk) => KiteResults.Data(desk.Orders().Select(OrderShape.Of)));
        signed.MapGet("/orders/{id}", static (string id, BrokerDesk desk) => KiteResults.Data(desk.History(id).Select(OrderShape.Of)));
        signed.MapGet("/trades", static (BrokerDesk desk) => KiteResults.Data(desk.Trades().Select(OrderShape.Of)));
        signed.MapGet("/orders/{id}/trades", TradesOf);
        var changes = signed.MapGroup("/orders").AddEndpointFilter<LostAnswerFilter>();
        changes.MapPost("/{variety}", PlaceAsync);
        changes.MapPut("/{variety}/{id}", ModifyAsync);
        changes.MapDelete("/{variety}/{id}", Cancel);
    }

    private static IResult TradesOf(string id, BrokerDesk desk)
    {
        desk.History(id);
        return KiteResults.Data(desk.Trades().Where(trade => trade.OrderId == id).Select(OrderShape.Of));
    }

    private static async Task<IResult> PlaceAsync(string variety, HttpRequest request, BrokerDesk desk, CancellationToken ct)
    {
        var ticket = OrderForm.Ticket(variety, await RequestFields.ReadAsync(request, ct));
        var slices = desk.Place(ticket);
        return ticket.IsAutoslice
            ? KiteResults.Data(new { slices[0].OrderId, Children = slices.Skip(1).Select(Child) })
            : KiteResults.Data(new { slices[0].OrderId });
    }

    private static object Child(SliceResult slice) =>
        slice.Refusal is { } refusal
            ? new
            {
                Error = new
                {
                    Code = refusal.Status,
                    refusal.ErrorType,
                    refusal.Message,
                    Data = (object?)null,
                },
            }
            : new { slice.OrderId };

    private static async Task<IResult> ModifyAsync(string variety, string id, HttpRequest request, BrokerDesk desk, CancellationToken ct)
    {
        var change = OrderForm.Change(await RequestFields.ReadAsync(request, ct));
        return Answer(desk.Modify(variety, id, change));
    }

    private static IResult Cancel(string variety, string id, BrokerDesk desk) => Answer(desk.Cancel(variety, id));

    private static IResult Answer(BrokerOrder order) => KiteResults.Data(new { OrderId = order.Id });
}
