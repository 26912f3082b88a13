using System.Text.Json;
using AITrader.Backend.Problems;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Jobs;

/// <summary>A job of the worker.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">What it does.</param>
/// <param name="Status">queued, running, completed or failed.</param>
/// <param name="Result">What came of it; while it runs, how far it is.</param>
/// <param name="Error">What made it fail.</param>
/// <param name="Attempts">Attempts begun.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When the last attempt began.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record JobResponse(
    Guid Id,
    string Type,
    string Status,
    JsonElement? Result,
    string? Error,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
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
            row.FinishedAt
        );
}

/// <summary>How jobs are.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/jobs")
            .WithTags("jobs")
            .MapGet("/{id:guid}", GetAsync)
            .Produces<JobResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("GetJob")
            .WithSummary("How far a job is, and what came of it.");

    private static async Task<IResult> GetAsync(Guid id, JobQueries jobs, CancellationToken ct) =>
        await jobs.FindAsync(id, ct) is { } row ? TypedResults.Ok(JobResponse.Of(row)) : BackendProblems.UnknownJob(id);
}
