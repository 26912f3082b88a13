using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads jobs.</summary>
public sealed class JobQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>One job; null where there is none.</summary>
    public async Task<JobRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
    }
}
