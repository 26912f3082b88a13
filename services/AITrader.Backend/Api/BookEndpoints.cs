using AITrader.Backend.Problems;
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
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetAsync(string symbol, ICache cache, CancellationToken ct) =>
        await cache.GetAsync(CacheKeys.Book(symbol), ct) is { } json
            ? TypedResults.Content(json, "application/json")
            : BackendProblems.NoBook(symbol);
}
