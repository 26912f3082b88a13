using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
using AITrader.Contracts;
using AITrader.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class BookEndpoints
{
    public static void MapBooks(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/books/{symbol}", GetAsync)
            .WithName("GetBook")
            .WithTags("books")
            .WithSummary("The best levels of a symbol's order book.")
            .Produces<BookResponse>();

    // Passed on as market-data wrote it: what the monitor shows and what is asked for are the same bytes.
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetAsync(
        string symbol,
        ICache cache,
        ShownRun runs,
        CancellationToken ct,
        string? run = null
    )
    {
        if (await runs.FindAsync(run, ct) is not { IsKnown: true, Run: { } asked })
        {
            return BackendProblems.UnknownRun(run!);
        }

        var lane = asked.Length == 0 ? Lane.Live : Lane.Replays;
        return await cache.GetAsync(lane.Key(CacheKeys.Book(symbol)), ct) is { } json
            ? TypedResults.Content(json, "application/json")
            : BackendProblems.NoBook(symbol);
    }
}
