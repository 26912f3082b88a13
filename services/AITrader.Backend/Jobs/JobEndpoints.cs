using System.Security.Claims;
using System.Text.Json;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Jobs;

/// <summary>A job of the worker.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">What it does.</param>
/// <param name="Status">queued, running, completed, failed or cancelled.</param>
/// <param name="Result">What came of it; while it runs, how far it is.</param>
/// <param name="Error">What made it fail.</param>
/// <param name="Attempts">Attempts begun.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When the last attempt began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="CancelAskedAt">When it was asked to end; null where it was not.</param>
internal sealed record JobResponse(
    Guid Id,
    string Type,
    string Status,
    JsonElement? Result,
    string? Error,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? CancelAskedAt
)
{
    public static JobResponse Of(JobRow row) =>
        new(
            row.Id,
            row.Type,
            row.Status,
            row.Result is { } result ? JsonSerializer.Deserialize<JsonElement>(result) : null,
            row.Error,
            row.Attempts,
            row.CreatedAt,
            row.StartedAt,
            row.FinishedAt,
            row.CancelAskedAt
        );
}

/// <summary>How jobs are.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/jobs").WithTags("jobs");
        jobs.MapGet("/", ListAsync).WithName("ListJobs").WithSummary("Jobs of the worker, newest first; of one type or state.");
        jobs.MapGet("/{id:guid}", GetAsync)
            .Produces<JobResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("GetJob")
            .WithSummary("How far a job is, and what came of it.");
        jobs.MapPost("/{id:guid}/cancel", CancelAsync)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .Produces<JobResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("CancelJob")
            .WithSummary("Asks a job to end, which it does within seconds; what it has done by then stays.");
    }

    private static async Task<IResult> CancelAsync(
        Guid id,
        JobQueries jobs,
        IStreamPublisher bus,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (await jobs.AskCancelAsync(id, user.UserId, ct) is not { } row)
        {
            return ModelProblems.UnknownJob(id);
        }

        if (row.CancelAskedAt is null)
        {
            return ModelProblems.JobEnded(id, row.Status);
        }

        await JobWaking.WakeAsync(bus, row, ct);
        return TypedResults.Accepted($"/api/v1/jobs/{id}", JobResponse.Of(row));
    }

    private static async Task<Results<Ok<PageResponse<JobResponse>>, ProblemHttpResult>> ListAsync(
        JobQueries jobs,
        CancellationToken ct,
        string? type = null,
        string? status = null,
        int? limit = null,
        string? before = null
    )
    {
        if (Page.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (status is not null && !JobStatuses.All.Contains(status))
        {
            return ModelProblems.UnknownJobStatus(status);
        }

        if (!Cursor.TryRead(before, out KeysetPosition? last))
        {
            return BackendProblems.MalformedCursor();
        }

        var size = limit ?? Page.DefaultSize;
        var rows = await jobs.ListAsync(type, status, last, size + 1, ct);
        return TypedResults.Ok(Page.Of(rows, size, JobResponse.Of, static row => Cursor.Of(row.CreatedAt, row.Id)));
    }

    private static async Task<IResult> GetAsync(Guid id, JobQueries jobs, CancellationToken ct) =>
        await jobs.FindAsync(id, ct) is { } row ? TypedResults.Ok(JobResponse.Of(row)) : ModelProblems.UnknownJob(id);
}
