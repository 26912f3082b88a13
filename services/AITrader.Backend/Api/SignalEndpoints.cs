using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Backend.Runs;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Api;

internal static class SignalEndpoints
{
    public static void MapSignals(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/signals", ListAsync)
            .WithName("ListSignals")
            .WithTags("signals")
            .WithSummary("Signals, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<PageResponse<SignalResponse>>, ProblemHttpResult>> ListAsync(
        SignalQueries signals,
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

        if (!Cursor.TryRead(before, out KeysetPosition? position))
        {
            return BackendProblems.MalformedCursor();
        }

        if (await runs.FindAsync(run, ct) is not { IsKnown: true, Run: var asked })
        {
            return BackendProblems.UnknownRun(run!);
        }

        var size = limit ?? Page.DefaultSize;
        var rows = await signals.ListAsync(asked, symbol, position, size + 1, ct);
        return TypedResults.Ok(Page.Of(rows, size, SignalResponse.From, static row => Cursor.Of(row.Signal.Timestamp, row.Signal.Id)));
    }
}
