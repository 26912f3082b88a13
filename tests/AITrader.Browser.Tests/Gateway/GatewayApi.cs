using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AITrader.Browser.Tests.Gateway;

/// <summary>The gateway's endpoints that the page calls.</summary>
internal static class GatewayApi
{
    public static void Map(WebApplication app, ScriptedGateway gateway)
    {
        app.MapPost("/api/auth/sign-in", (JsonElement body) => SignIn(body, gateway));
        app.MapGet("/api/status", () => Json(gateway.Status()));
        app.MapGet("/api/signals", () => List(gateway.Signals));
        app.MapGet("/api/v1/orders", () => List(gateway.Orders));
        app.MapGet("/api/v1/trades", () => List(gateway.Trades));
        app.MapGet("/api/v1/decisions/{id}", (string id) => DecisionAsync(id, gateway));
        app.MapPost("/api/v1/trading-state", (JsonElement body) => SetTradingStateAsync(body, gateway));
        app.MapGet("/api/v1/positions", () => List(gateway.Positions));
        app.MapGet("/api/v1/books/{symbol}", (string symbol) => BookOf(symbol, gateway));
        app.MapGet("/api/v1/candles", (HttpRequest request) => Candles(request.QueryString.Value!, gateway));
        app.MapPost("/api/v1/replay", (JsonElement body) => SteerAsync("start", body, gateway));
        app.MapPost("/api/v1/replay/{verb}", (string verb, JsonElement body) => SteerAsync(verb, body, gateway));
        app.MapGet("/api/ws/monitor", (HttpContext context) => MonitorAsync(context, gateway));
    }

    private static IResult SignIn(JsonElement body, ScriptedGateway gateway) =>
        body.GetProperty("code").GetString() == ScriptedGateway.Code
            ? Json(
                new
                {
                    gateway.Token,
                    ExpiresAt = "2099-01-01T00:00:00Z",
                    User = new { Username = gateway.Role, gateway.Role },
                }
            )
            : TypedResults.Problem(
                "This sign-in code is not valid.",
                statusCode: 401,
                title: "Sign-in refused",
                type: "urn:aitrader:backend:sign-in-refused"
            );

    private static async Task<IResult> DecisionAsync(string id, ScriptedGateway gateway)
    {
        await gateway.DecisionGate;
        return id == "decision-1" ? Json(Wire.Decision(id)) : TypedResults.Problem(statusCode: 404, title: "There is no such decision.");
    }

    private static async Task<IResult> SetTradingStateAsync(JsonElement body, ScriptedGateway gateway)
    {
        gateway.TradingState = body.GetProperty("state").GetString()!;
        gateway.TradingStateCalls.Enqueue(body.GetRawText());
        await gateway.Hub.SendAsync(Wire.Message("account", gateway.Account(100_000m)));
        return TypedResults.NoContent();
    }

    private static IResult BookOf(string symbol, ScriptedGateway gateway) =>
        gateway.Books.TryGetValue(symbol, out var book)
            ? Json(book)
            : TypedResults.Problem(statusCode: 404, title: "There is no book of this symbol.", type: "urn:aitrader:backend:no-book");

    private static IResult Candles(string query, ScriptedGateway gateway)
    {
        gateway.CandleCalls.Enqueue(query);
        return gateway.CandlesRefusal is { } refusal
            ? TypedResults.Problem(refusal, statusCode: 503, title: "Away")
            : Json(gateway.Candles);
    }

    private static async Task<IResult> SteerAsync(string verb, JsonElement body, ScriptedGateway gateway)
    {
        gateway.ReplayCalls.Enqueue($"{verb} {body.GetRawText()}");
        if (gateway.ReplayRefusal is { } refusal)
        {
            return TypedResults.Problem(refusal, statusCode: 409, title: "Refused", type: "urn:aitrader:market-data:replay-running");
        }

        gateway.Replay = verb switch
        {
            "pause" => Wire.Replay("paused"),
            "stop" => Wire.Replay("stopped"),
            "seek" => Wire.Replay("running", Wire.NextRun),
            "loop" => Wire.Replay("running", loop: body.GetProperty("loop").GetBoolean()),
            _ => Wire.Replay("running"),
        };
        await gateway.Hub.SendAsync(Wire.Message("replay", gateway.Replay));
        await gateway.Hub.SendAsync(Wire.Message("account", gateway.Account(100_000m)));
        return TypedResults.Accepted("/api/v1/replay");
    }

    private static async Task MonitorAsync(HttpContext context, ScriptedGateway gateway)
    {
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        if (!offered.Contains("aitrader.v1") || !offered.Contains($"bearer.{gateway.Token}"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync("aitrader.v1");
        await gateway.Hub.ServeAsync(socket, gateway.Snapshot());
    }

    private static IResult List(List<object> items) => Json(new { Items = items, Next = (string?)null });

    private static IResult Json(object value) => Results.Json(value, Wire.Json);
}
