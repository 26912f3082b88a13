using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>How many rows there are.</summary>
/// <param name="Ticks">Stored ticks.</param>
/// <param name="Signals">Signals.</param>
/// <param name="Decisions">Decisions.</param>
/// <param name="Orders">Orders.</param>
/// <param name="Executions">Executions.</param>
/// <param name="Trades">Booked fills.</param>
public sealed record RowCounts(long Ticks, long Signals, long Decisions, long Orders, long Executions, long Trades);

/// <summary>What the database says of the whole system.</summary>
public sealed class DatabaseStatus(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Row counts.</summary>
    public async Task<RowCounts> CountAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return new RowCounts(
            await db.TickPartitions.SumAsync(static row => row.Rows, ct),
            await db.Signals.LongCountAsync(ct),
            await db.Decisions.LongCountAsync(ct),
            await db.Orders.LongCountAsync(ct),
            await db.Executions.LongCountAsync(ct),
            await db.Trades.LongCountAsync(ct)
        );
    }

    /// <summary>Leases by name.</summary>
    public async Task<IReadOnlyList<LeaseRow>> LeasesAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Leases.AsNoTracking().OrderBy(static row => row.Name).ToListAsync(ct);
    }
}
