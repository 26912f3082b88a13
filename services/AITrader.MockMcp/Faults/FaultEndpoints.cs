using System.Net;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Faults;

/// <summary>Endpoints that request faults. Only requests from the same machine are accepted.</summary>
internal static class FaultEndpoints
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    public static void MapFaults(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").AddEndpointFilter(LoopbackOnlyAsync);
        admin.MapGet("/market", static (MarketBoard board) => Results.Ok(
                new
                {
                    board.Steps,
                    Regime = board.Regime.ToString(),
                    board.Correlation,
                }
            ));
        admin.MapPost("/market/regime", ForceRegime);
        admin.MapPost("/market/correlation", SetCorrelation);
        admin.MapPost("/ticker/drop", static (FaultControl faults) => Done(faults.Drop));
        admin.MapPost("/ticker/garbage", static (FaultControl faults) => Done(faults.SendGarbage));
        admin.MapPost("/ticker/silence", Silence);
        admin.MapPost("/rest/refuse", Refuse);
        admin.MapPost("/sessions/end", static (SessionStore sessions) => Done(sessions.EndAll));
    }

    private static async ValueTask<object?> LoopbackOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller)
            ? await next(context)
            : Results.Problem(
                "Faults are ordered from the mock's own machine.",
                statusCode: StatusCodes.Status403Forbidden,
                type: "loopback-only"
            );

    private static IResult ForceRegime(MarketControl control, string name, int steps) =>
        RegimePhase.TryCreate(name, steps, out var phase)
            ? Done(() => control.ForceRegime(phase))
            : Results.Problem(
                $"name is one of {RegimePhase.AllNames}, steps 1 to 1000000.",
                statusCode: StatusCodes.Status400BadRequest,
                type: "bad-fault"
            );

    private static IResult SetCorrelation(MarketControl control, double value) =>
        value is >= 0 and <= 0.99
            ? Done(() => control.SetCorrelation(value))
            : Results.Problem("value is between 0 and 0.99.", statusCode: StatusCodes.Status400BadRequest, type: "bad-fault");

    private static IResult Silence(FaultControl faults, double seconds) =>
        seconds >= 0 && seconds <= MaxSilence.TotalSeconds
            ? Done(() => faults.Silence(TimeSpan.FromSeconds(seconds)))
            : Results.Problem(
                $"seconds is between 0 and {MaxSilence.TotalSeconds}.",
                statusCode: StatusCodes.Status400BadRequest,
                type: "bad-fault"
            );

    private static IResult Refuse(FaultControl faults, int status, int count) =>
        status is 403 or 429 or 502 or 503 && count is > 0 and <= 1000
            ? Done(() => faults.Refuse(status, count))
            : Results.Problem(
                "status is 403, 429, 502 or 503, count 1 to 1000.",
                statusCode: StatusCodes.Status400BadRequest,
                type: "bad-fault"
            );

    private static IResult Done(Action order)
    {
        order();
        return Results.NoContent();
    }
}
