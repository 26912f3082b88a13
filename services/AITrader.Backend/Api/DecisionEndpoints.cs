using AITrader.Backend.Problems;
using AITrader.Storage.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Backend.Api;

internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/decisions/{id}", GetAsync)
            .WithName("GetDecision")
            .WithTags("decisions")
            .WithSummary("A decision, its parts, and what would have flipped it.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<DecisionResponse>, ProblemHttpResult>> GetAsync(
        Guid id,
        AITraderDbContext db,
        CancellationToken ct
    )
    {
        if (await db.Decisions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } decision)
        {
            return BackendProblems.UnknownDecision(id);
        }

        var signal = await db.Signals.AsNoTracking().SingleAsync(row => row.Id == decision.SignalId, ct);
        return TypedResults.Ok(DecisionExplanation.Of(decision, signal));
    }
}
