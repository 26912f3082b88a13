using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Runs;

/// <summary>Runs: list, one, equity, comparison, files, deletion.</summary>
internal static class RunEndpoints
{
    private const int DefaultPoints = 1000;
    private const int LeastPoints = 4;
    private const int MostPoints = 5000;

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/runs").WithTags("runs").ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("/", ListAsync).WithName("ListRuns").WithSummary("Runs, newest first; of one kind, or the trials of one search.");
        runs.MapGet("/compare", CompareAsync)
            .WithName("CompareRuns")
            .WithSummary("Numbers of runs side by side, and what of their setups is not the same.");
        runs.MapPost("/backtests", StoreAsync)
            .WithName("StoreBacktest")
            .WithSummary("Takes a backtest, which the worker stores as a run.")
            .WithMetadata(new RequestSizeLimitAttribute(BacktestUploads.MaxBodyBytes), BacktestUploads.TooLarge)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy);
        var one = runs.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", GetAsync).WithName("GetRun").WithSummary("A run with its account, setup and numbers.");
        one.MapGet("/equity", EquityAsync).WithName("GetRunEquity").WithSummary("The equity curve of a run.");
        one.MapGet("/export/{table}", ExportAsync)
            .WithName("ExportRun")
            .WithSummary("Trades, equity, signals or orders of a run as a file.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        one.MapDelete("/", DeleteAsync)
            .WithName("DeleteRun")
            .WithSummary("Deletes a run that has ended, with all that it made.")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequireAuthorization(AuthHostExtensions.AdminPolicy);
    }

    private static async Task<Results<Ok<PageResponse<RunResponse>>, ProblemHttpResult>> ListAsync(
        RunQueries runs,
        CancellationToken ct,
        string? kind = null,
        string? search = null,
        int? limit = null,
        string? before = null
    )
    {
        if (Page.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (kind is not (null or RunKinds.Live or RunKinds.Paper or RunKinds.Replay or RunKinds.Backtest))
        {
            return BackendProblems.UnknownRunKind(kind);
        }

        if (!Cursor.TryRead(before, out RunPosition? last))
        {
            return BackendProblems.MalformedCursor();
        }

        var size = limit ?? Page.DefaultSize;
        var found = await runs.ListAsync(kind, search, last, size + 1, ct);
        return TypedResults.Ok(Page.Of(found, size, RunResponse.From, static one => Cursor.Of(one.Run.StartedAt, one.Run.Run)));
    }

    private static async Task<Results<Ok<RunDetailResponse>, ProblemHttpResult>> GetAsync(
        string id,
        RunReader reader,
        CancellationToken ct
    ) => await reader.ReadAsync(id, ct) is { } found ? TypedResults.Ok(found) : BackendProblems.UnknownRun(id);

    private static async Task<Results<Ok<RunEquityResponse>, ProblemHttpResult>> EquityAsync(
        string id,
        RunReader reader,
        RunQueries runs,
        CancellationToken ct,
        int? points = null
    )
    {
        if (points is < LeastPoints or > MostPoints)
        {
            return BackendProblems.PointsOutOfRange(points.Value, LeastPoints, MostPoints);
        }

        if (await reader.FindAsync(id, ct) is not { } found)
        {
            return BackendProblems.UnknownRun(id);
        }

        var curve = await runs.EquityAsync(found.Run.Run, ct).ToListAsync(ct);
        return TypedResults.Ok(
            new RunEquityResponse(
                id,
                found.Account?.Currency,
                curve.Count,
                [.. EquityThinning.Of(curve, points ?? DefaultPoints).Select(RunEquityPoint.From)]
            )
        );
    }

    private static async Task<Results<Ok<RunComparisonResponse>, ProblemHttpResult>> CompareAsync(
        RunReader reader,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        CancellationToken ct,
        string? ids = null
    )
    {
        var asked = (ids ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (asked.Count is < 2 or > RunComparison.Most)
        {
            return BackendProblems.BadComparison(RunComparison.Most);
        }

        var found = new List<RunDetailResponse>(asked.Count);
        foreach (var id in asked)
        {
            if (await reader.ReadAsync(id, ct) is not { } run)
            {
                return BackendProblems.UnknownRun(id);
            }

            found.Add(run);
        }

        return TypedResults.Ok(RunComparison.Of(found, json.Value.SerializerOptions));
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        string id,
        string table,
        RunReader reader,
        RunQueries runs,
        FileExports exports,
        CancellationToken ct,
        string format = FileExports.Csv
    )
    {
        if (!FileExports.IsKnown(format))
        {
            return BackendProblems.UnknownFormat(format);
        }

        if (!RunTables.All.Contains(table))
        {
            return BackendProblems.UnknownTable(table, RunTables.All);
        }

        if (await reader.FindAsync(id, ct) is not { } found)
        {
            return BackendProblems.UnknownRun(id);
        }

        var run = found.Run.Run;
        return exports.TryBegin()
            ? exports.Stream(
                $"{id}-{table}",
                format,
                (target, token) => RunTables.WriteCsvAsync(runs, run, table, target, token),
                (target, token) => RunTables.WriteParquetAsync(runs, run, table, target, token),
                ct
            )
            : BackendProblems.TooManyExports(FileExports.Most);
    }

    private static async Task<Results<Accepted<RunRequestResponse>, ProblemHttpResult>> StoreAsync(
        StoredBacktest backtest,
        BacktestUploads uploads,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (BacktestUploads.ProblemOf(backtest) is { } problem)
        {
            return BackendProblems.BadBacktest(problem);
        }

        await uploads.AskAsync(backtest, user.UserId, ct);
        return TypedResults.Accepted((string?)null, new RunRequestResponse(backtest.Run, "store"));
    }

    private static async Task<Results<Accepted<RunRequestResponse>, ProblemHttpResult>> DeleteAsync(
        string id,
        RunReader reader,
        RunQueries runs,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await reader.FindAsync(id, ct) is not { } found)
        {
            return BackendProblems.UnknownRun(id);
        }

        if (found.Run.Run.Length == 0)
        {
            return BackendProblems.LiveRunStays();
        }

        // Whoever asked first was answered; a second asker finds it gone, or running again.
        return await runs.AskDeleteAsync(found.Run.Run, user.UserId, ct)
            ? TypedResults.Accepted((string?)null, new RunRequestResponse(id, "delete"))
            : BackendProblems.RunIsRunning(id);
    }
}
