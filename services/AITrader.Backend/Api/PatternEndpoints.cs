using AITrader.Backend.Data;
using AITrader.Signals.Catalogue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class PatternEndpoints
{
    private static readonly PageResponse<PatternResponse> All = new(
        [.. PatternCatalogue.BuiltIn.All.Select(PatternResponse.From)],
        Next: null
    );

    public static void MapPatterns(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/patterns", List)
            .WithName("ListPatterns")
            .WithTags("patterns")
            .WithSummary("Every pattern there is, with its parameters and their defaults.");

    private static Ok<PageResponse<PatternResponse>> List() => TypedResults.Ok(All);
}
