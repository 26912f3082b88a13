using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Status;
using AITrader.Contracts.Replays;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Replays.Control;

/// <summary>Shows the replay to everybody who is signed in, and lets traders control it.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var replay = routes.MapGroup("/replay").WithTags("replay");
        replay.MapGet("/", GetAsync).WithName("GetReplay").WithSummary("Where the replay stands.");

        var change = replay
            .MapGroup(string.Empty)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        MapProgress(change);
        MapChanges(change);
    }

    private static void MapProgress(RouteGroupBuilder replay)
    {
        replay
            .MapPost("/", static (ReplayStart body, ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay", "replay.started", body, user, ct)
            )
            .WithName("StartReplay")
            .WithSummary("Replays files, data sets or stored ticks.");
        replay
            .MapPost("/pause", static (ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/pause", "replay.paused", new { }, user, ct)
            )
            .WithName("PauseReplay")
            .WithSummary("Holds between two ticks.");
        replay
            .MapPost("/resume", static (ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/resume", "replay.resumed", new { }, user, ct)
            )
            .WithName("ResumeReplay")
            .WithSummary("Ends a pause.");
        replay
            .MapPost("/stop", static (ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/stop", "replay.stopped", new { }, user, ct)
            )
            .WithName("StopReplay")
            .WithSummary(
                "Ends it: a load at once, a run when every stage has seen what was published; a second time without waiting for them."
            );
    }

    private static void MapChanges(RouteGroupBuilder replay)
    {
        replay
            .MapPost("/seek", static (ReplaySeek body, ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/seek", "replay.sought", body, user, ct)
            )
            .WithName("SeekReplay")
            .WithSummary("Goes on elsewhere in the content, as a new run.");
        replay
            .MapPost("/speed", static (ReplayPace body, ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/speed", "replay.speed", body, user, ct)
            )
            .WithName("SetReplaySpeed")
            .WithSummary("Changes the speed while it runs.");
        replay
            .MapPost("/loop", static (ReplayLoopWish body, ReplayCommands desk, ClaimsPrincipal user, CancellationToken ct) =>
                desk.SendAsync("replay/loop", "replay.loop", body, user, ct)
            )
            .WithName("SetReplayLoop")
            .WithSummary("Says whether it begins again at its end.");
    }

    private static async Task<Ok<ReplayReport>> GetAsync(StatusReader status, CancellationToken ct) =>
        TypedResults.Ok(await status.ReadReplayAsync(ct) ?? ReplayReport.Idle);
}
