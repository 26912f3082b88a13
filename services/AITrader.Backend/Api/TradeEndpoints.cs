using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class TradeEndpoints
{
    public static void MapTrades(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/trades", ListAsync)
            .WithName("ListTrades")
            .WithTags("trades")
            .WithSummary("Booked fills, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<PageResponse<TradeResponse>>, ProblemHttpResult>> ListAsync(
        TradeQueries trades,
        KnownSymbols symbols,
        ShownRun runs,
        CancellationToken ct,
        string? symbol = null,
        int? limit = null,
        string? before = null,
        string? run = null
    )
    {
        if (Page.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (symbol is not null && !await symbols.IsKnownAsync(symbol, ct))
        {
            return BackendProblems.UnknownSymbol(symbol);
        }

        if (!Cursor.TryRead(before, out int? last))
        {
            return BackendProblems.MalformedCursor();
        }

        if (await runs.FindAsync(run, ct) is not { IsKnown: true, Run: var asked })
        {
            return BackendProblems.UnknownRun(run!);
        }

        var size = limit ?? Page.DefaultSize;
        var rows = await trades.ListAsync(asked, symbol, last, size + 1, ct);
        return TypedResults.Ok(Page.Of(rows, size, TradeResponse.From, static row => Cursor.Of(row.TradeId)));
    }
}
