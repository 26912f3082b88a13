using AITrader.MockMcp.Rest;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Ticker;

/// <summary>The binary ticker, at the root as with Kite and at /ws.</summary>
internal static class TickerEndpoints
{
    public static void MapTicker(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ListenAsync);
        routes.MapGet("/ws", ListenAsync);
    }

    private static async Task<IResult> ListenAsync(
        HttpContext context,
        SessionStore sessions,
        TickerConnections connections,
        IHostApplicationLifetime lifetime
    )
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return KiteResults.UnknownRoute();
        }

        var key = context.Request.Query["api_key"].ToString();
        if (!sessions.IsOpen(key, context.Request.Query["access_token"]))
        {
            return KiteResults.Token("Incorrect `api_key` or `access_token`.");
        }

        if (!connections.TryOpen(key))
        {
            return KiteResults.TooMany();
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await connections.ServeAsync(socket, end.Token);
        }
        finally
        {
            connections.Close(key);
        }

        return Results.Empty;
    }
}
