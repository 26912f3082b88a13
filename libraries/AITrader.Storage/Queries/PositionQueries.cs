using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads positions.</summary>
public sealed class PositionQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Positions of a run by symbol.</summary>
    public async Task<IReadOnlyList<PositionRow>> ListAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await ListAsync(db, run, ct);
    }

    internal static Task<List<PositionRow>> ListAsync(AITraderDbContext db, string run, CancellationToken ct) =>
        db
            .Positions.AsNoTracking()
            .Where(row => db.Accounts.Any(account => account.Id == row.AccountId && account.Run == run))
            .OrderBy(static row => row.Symbol)
            .ToListAsync(ct);
}
