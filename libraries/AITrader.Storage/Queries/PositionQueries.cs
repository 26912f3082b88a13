using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads positions.</summary>
public sealed class PositionQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Positions by symbol.</summary>
    public async Task<IReadOnlyList<PositionRow>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ListAsync(db, ct);
    }

    internal static Task<List<PositionRow>> ListAsync(AITraderDbContext db, CancellationToken ct) =>
        db.Positions.AsNoTracking().OrderBy(static row => row.Symbol).ToListAsync(ct);
}
