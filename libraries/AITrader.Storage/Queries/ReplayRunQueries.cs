using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Reads replay runs.</summary>
public sealed class ReplayRunQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>The latest run; null without any.</summary>
    public async Task<ReplayRunRow?> LatestAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .ReplayRuns.AsNoTracking()
            .OrderByDescending(static row => row.StartedAt)
            .ThenByDescending(static row => row.Attempt)
            .FirstOrDefaultAsync(ct);
    }
}
