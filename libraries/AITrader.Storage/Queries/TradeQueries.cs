using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads booked fills.</summary>
public sealed class TradeQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Trades, newest first.</summary>
    /// <param name="run">Of this run, empty for live; null for all.</param>
    /// <param name="symbol">Of this instrument; null for all.</param>
    /// <param name="before">Last trade of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<TradeRow>> ListAsync(string? run, string? symbol, int? before, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db
            .Trades.AsNoTracking()
            .Where(row => run == null || row.RunId == run)
            .Where(row => symbol == null || row.Symbol == symbol);
        if (before is { } last)
        {
            rows = rows.Where(row => row.TradeId < last);
        }

        return await rows.OrderByDescending(static row => row.TradeId).Take(limit).ToListAsync(ct);
    }

    /// <summary>The trades that booked these executions, in the order of booking; an execution without one is left out.</summary>
    public async Task<IReadOnlyList<TradeRow>> OfExecutionsAsync(Guid[] executions, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Executions.AsNoTracking()
            .Where(row => executions.Contains(row.ExecId) && row.Trade != null)
            .Select(static row => row.Trade!)
            .OrderBy(static trade => trade.TradeId)
            .ToListAsync(ct);
    }
}
