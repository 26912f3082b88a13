using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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

        var rows = db.Signals.AsNoTracking().Where(row => symbol == null || row.Symbol == symbol);
        if (before is not null)
        {
            if (!Cursor.TryRead(before, out var time, out var id))
            {
                return BackendProblems.MalformedCursor();
            }

            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Timestamp, row.Id), ValueTuple.Create(time, id)));
        }

        return TypedResults.Ok(await ReadAsync(db, rows, limit ?? Page.DefaultSize, ct));
    }

    internal static async Task<PageResponse<SignalResponse>> ReadAsync(
        AITraderDbContext db,
        IQueryable<SignalRow> rows,
        int size,
        CancellationToken ct
    )
    {
        var found = await rows.OrderByDescending(static row => row.Timestamp)
            .ThenByDescending(static row => row.Id)
            .Take(size + 1)
            .ToListAsync(ct);
        var ids = found.ConvertAll(static row => row.Id);
        var decisions = await db
            .Decisions.Where(row => ids.Contains(row.SignalId))
            .Select(static row => new
            {
                row.SignalId,
                row.Id,
                row.Action,
            })
            .ToDictionaryAsync(static row => row.SignalId, ct);
        return Page.Of(
            found,
            size,
            row =>
                decisions.TryGetValue(row.Id, out var decision)
                    ? SignalResponse.From(row, decision.Id, decision.Action)
                    : SignalResponse.From(row, decision: null, action: null),
            static row => Cursor.Of(row.Timestamp, row.Id)
        );
    }
}
