using System.Globalization;
using AITrader.Backend.Problems;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AITrader.Backend.Monitor;

internal static class MonitorEndpoints
{
    public static void MapMonitor(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/ws/monitor", ConnectAsync).WithName("Monitor").ExcludeFromDescription();

    private static async Task<IResult> ConnectAsync(
        HttpContext context,
        MonitorHub hub,
        MonitorSessions sessions,
        SnapshotReader snapshots,
        IOptions<MonitorOptions> options,
        IHostApplicationLifetime lifetime,
        TimeProvider time
    )
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return BackendProblems.WebSocketRequired();
        }

        if (hub.IsFull)
        {
            return BackendProblems.TooManyMonitors(options.Value.MaxClients);
        }

        using var queue = new MonitorQueue(options.Value.QueueLength);
        hub.Add(queue);
        try
        {
            // Read before the upgrade, so that a database that is away is a plain 503; queued before it, so that nothing falls between.
            var snapshot = await snapshots.ReadAsync(context.RequestAborted);
            using var session = new CancellationTokenSource(LifeOf(context, time), time);
            using (sessions.Watch(context.User, session))
            {
                await ServeAsync(context, queue, snapshot, options.Value, session.Token, lifetime.ApplicationStopping);
            }

            return Results.Empty;
        }
        finally
        {
            hub.Remove(queue);
        }
    }

    private static async Task ServeAsync(
        HttpContext context,
        MonitorQueue queue,
        MonitorMessage snapshot,
        MonitorOptions options,
        CancellationToken sessionEnd,
        CancellationToken shutdown
    )
    {
        var protocol = context.WebSockets.WebSocketRequestedProtocols.Contains(MonitorProtocol.Version) ? MonitorProtocol.Version : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = protocol });
        await new MonitorClient(socket, queue, options).RunAsync(snapshot, sessionEnd, shutdown);
    }

    private static TimeSpan LifeOf(HttpContext context, TimeProvider time)
    {
        var expires = long.Parse(context.User.FindFirst(JwtRegisteredClaimNames.Exp)!.Value, CultureInfo.InvariantCulture);
        var left = DateTimeOffset.FromUnixTimeSeconds(expires) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
