using System.Diagnostics;
using AITrader.Contracts.Replays;
using AITrader.Formats.Reading;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.MarketData.Replay;

/// <summary>Looks at the replay, starts one and controls it. For other services only; the gateway lets users in.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        var replay = routes.MapGroup("/replay").RequireServiceToken();
        replay.MapGet("/", GetAsync).WithName("GetReplay");
        replay.MapPost("/", StartAsync).WithName("StartReplay");
        replay
            .MapPost("/pause", static (ReplayCommands commands, ReplayAnswers answers, CancellationToken ct) =>
                DoAsync(commands.PauseAsync, answers, ct)
            )
            .WithName("PauseReplay");
        replay
            .MapPost("/resume", static (ReplayCommands commands, ReplayAnswers answers, CancellationToken ct) =>
                DoAsync(commands.ResumeAsync, answers, ct)
            )
            .WithName("ResumeReplay");
        replay
            .MapPost("/stop", static (ReplayCommands commands, ReplayAnswers answers, CancellationToken ct) =>
                DoAsync(commands.StopAsync, answers, ct)
            )
            .WithName("StopReplay");
        replay.MapPost("/seek", SeekAsync).WithName("SeekReplay");
        replay.MapPost("/speed", SpeedAsync).WithName("SpeedReplay");
        replay.MapPost("/loop", LoopAsync).WithName("LoopReplay");
    }

    private static async Task<Ok<ReplayReport>> GetAsync(ReplayAnswers answers, CancellationToken ct) =>
        TypedResults.Ok(await answers.ReportAsync(ct));

    private static async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> StartAsync(
        ReplayStart body,
        ReplayRequests requests,
        ReplayAnswers answers,
        DataSets sets,
        CancellationToken ct
    )
    {
        var (source, refusal) = body.Ask(sets);
        if (source is null)
        {
            return Bad(refusal.Reason, refusal.Detail);
        }

        if (!ReplaySpeed.TryParse(ReplayStarts.TextOf(body.Speed) ?? "1", out var speed))
        {
            return BadSpeed();
        }

        if (await FaultAsync(sets, source, ct) is { } fault)
        {
            return Bad("bad-file", fault);
        }

        return requests.TryEnqueue(new ReplayRequest(source, speed, body.Loop))
            ? TypedResults.Accepted("/replay", await answers.ReportAsync(ct))
            : ServiceProblem.Of(
                StatusCodes.Status409Conflict,
                "replay-running",
                "A replay is under way; stop it, or wait until it is finished."
            );
    }

    private static async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> SeekAsync(
        ReplaySeek body,
        ReplayCommands commands,
        ReplayAnswers answers,
        CancellationToken ct
    )
    {
        var target = new SeekTarget(body.Time, body.Seq, body.Fraction);
        return target.IsClear
            ? await DoAsync(token => commands.SeekAsync(target, token), answers, ct)
            : Bad("bad-seek", "Say where with exactly one of time, seq and fraction.");
    }

    private static async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> SpeedAsync(
        ReplayPace body,
        ReplayCommands commands,
        ReplayAnswers answers,
        CancellationToken ct
    ) =>
        ReplaySpeed.TryParse(ReplayStarts.TextOf(body.Speed), out var speed)
            ? await DoAsync(token => commands.SpeedAsync(speed, token), answers, ct)
            : BadSpeed();

    private static async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> LoopAsync(
        ReplayLoopWish body,
        ReplayCommands commands,
        ReplayAnswers answers,
        CancellationToken ct
    ) =>
        body.Loop is { } loop
            ? await DoAsync(token => commands.LoopAsync(loop, token), answers, ct)
            : Bad("bad-loop", "loop is true or false.");

    private static async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> DoAsync(
        Func<CancellationToken, Task<ReplayOutcome>> command,
        ReplayAnswers answers,
        CancellationToken ct
    ) =>
        await command(ct) switch
        {
            ReplayOutcome.Taken => TypedResults.Accepted("/replay", await answers.ReportAsync(ct)),
            ReplayOutcome.WrongState wrong => ServiceProblem.Of(StatusCodes.Status409Conflict, wrong.Reason, wrong.Detail),
            ReplayOutcome.BadValue bad => Bad(bad.Reason, bad.Detail),
            _ => throw new UnreachableException(),
        };

    // The beginning of each file tells most mistakes at once; the rest is found when it is loaded, before anything is published.
    private static async Task<string?> FaultAsync(DataSets sets, ReplaySource source, CancellationToken ct)
    {
        try
        {
            if (source.Files.Count > 0)
            {
                await using var files = new MergedFiles([.. source.Files.Select(sets.Resolve)]);
                await files.ReadAsync(ct);
            }

            return null;
        }
        catch (MarketDataException problem)
        {
            return problem.Message;
        }
    }

    private static ProblemHttpResult BadSpeed() => Bad("bad-speed", $"speed is {ReplaySpeed.Range}.");

    private static ProblemHttpResult Bad(string reason, string detail) =>
        ServiceProblem.Of(StatusCodes.Status400BadRequest, reason, detail);
}
