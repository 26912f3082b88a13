using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Monitor;
using AITrader.Backend.Status;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using AITrader.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Replays;

/// <summary>Shows the replay to everybody who is signed in, and lets traders control it.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var replay = routes.MapGroup("/replay").WithTags("replay");
        replay.MapGet("/", GetAsync).WithName("GetReplay").WithSummary("Where the replay stands.");

        var change = replay.MapGroup(string.Empty).RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        change.MapPost("/", static (ReplayStart body, ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay", "replay.started", body, user, ct)).WithName("StartReplay").WithSummary("Replays files, data sets or stored ticks.");
        change.MapPost("/pause", static (ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/pause", "replay.paused", new { }, user, ct)).WithName("PauseReplay").WithSummary("Holds between two ticks.");
        change.MapPost("/resume", static (ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/resume", "replay.resumed", new { }, user, ct)).WithName("ResumeReplay").WithSummary("Ends a pause.");
        change.MapPost("/stop", static (ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/stop", "replay.stopped", new { }, user, ct)).WithName("StopReplay").WithSummary("Ends the run where it is, when every stage has seen what was published.");
        change.MapPost("/seek", static (ReplaySeek body, ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/seek", "replay.sought", body, user, ct)).WithName("SeekReplay").WithSummary("Goes on elsewhere in the content, as a new run.");
        change.MapPost("/speed", static (ReplayPace body, ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/speed", "replay.speed", body, user, ct)).WithName("SetReplaySpeed").WithSummary("Changes the speed while it runs.");
        change.MapPost("/loop", static (ReplayLoopWish body, ReplayDesk desk, ClaimsPrincipal user, CancellationToken ct) =>
            desk.SendAsync("replay/loop", "replay.loop", body, user, ct)).WithName("SetReplayLoop").WithSummary("Says whether it begins again at its end.");
    }

    private static async Task<Ok<ReplayReport>> GetAsync(StatusReader status, AITraderDbContext db, CancellationToken ct) =>
        TypedResults.Ok(await status.ReadReplayAsync(db, ct) ?? ReplayReport.Idle);
}

/// <summary>Passes commands on to market-data, remembers who gave them, and tells the monitors.</summary>
internal sealed class ReplayDesk(MarketDataClient marketData, AuditTrail audit, BooksPulse pulse, IMonitorChannel channel, MonitorJson json)
{
    public async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> SendAsync<TBody>(
        string path, string eventType, TBody body, ClaimsPrincipal user, CancellationToken ct)
        where TBody : class
    {
        var reply = await marketData.SendAsync(path, body, ct);
        if (reply.Report is not { } report)
        {
            return reply.Problem is { } problem ? TypedResults.Problem(problem) : BackendProblems.MarketDataAway();
        }

        await audit.WriteAsync(new AuditEntry(eventType, user.UserId, "replay", report.Run ?? report.Source ?? "replay", body), ct);
        pulse.LookAgain();
        await TellAsync(report, ct);
        return TypedResults.Accepted("/api/v1/replay", report);
    }

    private async Task TellAsync(ReplayReport report, CancellationToken ct)
    {
        try
        {
            await channel.PublishAsync(json.Write(MonitorJson.Replay, report), ct);
        }
        catch (BusUnavailableException)
        {
            // The command counts; monitors hear of it with the next reading.
        }
    }
}
