using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        AITraderDbContext db,
        KnownSymbols symbols,
        CancellationToken ct,
        string? symbol = null,
        int? limit = null,
        string? before = null
    )
    {
        if (Page.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (symbol is not null && !await symbols.IsKnownAsync(db, symbol, ct))
        {
            return BackendProblems.UnknownSymbol(symbol);
        }

        var rows = db.Trades.AsNoTracking().Where(row => symbol == null || row.Symbol == symbol);
        if (before is not null)
        {
            if (!Cursor.TryRead(before, out var last))
            {
                return BackendProblems.MalformedCursor();
            }

            rows = rows.Where(row => row.TradeId < last);
        }

        return TypedResults.Ok(await ReadAsync(rows, limit ?? Page.DefaultSize, ct));
    }

    internal static async Task<PageResponse<TradeResponse>> ReadAsync(IQueryable<TradeRow> rows, int size, CancellationToken ct)
    {
        var found = await rows.OrderByDescending(static row => row.TradeId).Take(size + 1).ToListAsync(ct);
        return Page.Of(found, size, TradeResponse.From, static row => Cursor.Of(row.TradeId));
    }
}
