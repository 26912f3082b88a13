using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Rest;

/// <summary>Triggers that place an order when the price reaches them.</summary>
internal static class GttEndpoints
{
    public static void MapGtts(this IEndpointRouteBuilder routes)
    {
        var gtts = routes.MapGroup("/gtt/triggers").AddEndpointFilter<KiteRequestFilter>();
        gtts.MapGet("", static (BrokerDesk desk) => KiteResults.Data(desk.Gtts().Select(GttShape.Of)));
        gtts.MapGet("/{id:int}", static (int id, BrokerDesk desk) => KiteResults.Data(GttShape.Of(desk.FindGtt(id))));
        gtts.MapDelete("/{id:int}", static (int id, BrokerDesk desk) => Answer(desk.DeleteGtt(id)));
        gtts.MapPost("", SetAsync);
        gtts.MapPut("/{id:int}", ChangeAsync);
    }

    private static async Task<IResult> SetAsync(HttpRequest request, BrokerDesk desk, CancellationToken ct) =>
        Answer(desk.SetGtt(GttForm.Read(await RequestFields.ReadAsync(request, ct))));

    private static async Task<IResult> ChangeAsync(int id, HttpRequest request, BrokerDesk desk, CancellationToken ct) =>
        Answer(desk.ChangeGtt(id, GttForm.Read(await RequestFields.ReadAsync(request, ct))));

    private static IResult Answer(Gtt gtt) => KiteResults.Data(new { TriggerId = gtt.Id });
}
