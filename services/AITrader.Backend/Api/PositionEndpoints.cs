using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/positions", ListAsync)
            .WithName("ListPositions")
            .WithTags("positions")
            .WithSummary("Positions of a run by symbol.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<PageResponse<PositionResponse>>, ProblemHttpResult>> ListAsync(
        PositionQueries positions,
        ShownRun runs,
        CancellationToken ct,
        string? run = null
    )
    {
        if (await runs.FindAsync(run, ct) is not { IsKnown: true, Run: { } asked })
        {
            return BackendProblems.UnknownRun(run!);
        }

        var rows = await positions.ListAsync(asked, ct);
        return TypedResults.Ok(new PageResponse<PositionResponse>([.. rows.Select(PositionResponse.From)], Next: null));
    }
}
