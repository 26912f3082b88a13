using AITrader.Backend.Problems;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/decisions/{id}", GetAsync)
            .WithName("GetDecision")
            .WithTags("decisions")
            .WithSummary("A decision, its parts, and what would have flipped it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes
            .MapGet("/decisions/{id}/recomputed", RecomputeAsync)
            .WithName("RecomputeDecision")
            .WithTags("decisions")
            .WithSummary("The decision made again from its own record, and what is different.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<DecisionResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        DecisionQueries decisions,
        CancellationToken ct
    ) =>
        await decisions.FindAsync(id, ct) is var (decision, signal)
            ? TypedResults.Ok(DecisionExplanation.Of(decision, signal))
            : BackendProblems.UnknownDecision(id);

    private static async Task<Results<Ok<RecomputedDecisionResponse>, ProblemHttpResult>> RecomputeAsync(
        Guid id,
        DecisionQueries decisions,
        CancellationToken ct
    ) =>
        await decisions.FindAsync(id, ct) is not var (decision, _) ? BackendProblems.UnknownDecision(id)
        : DecisionExplanation.Recompute(decision) is { } again ? TypedResults.Ok(again)
        : BackendProblems.NoRecord(id);
}
