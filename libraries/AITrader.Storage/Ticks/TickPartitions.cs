using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Ticks;

/// <summary>Makes and drops the daily partitions of <c>ticks</c>.</summary>
/// <remarks>By functions of the schema's owner: the services' role may neither create nor drop a table.</remarks>
internal sealed class TickPartitions(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    private const string LockName = "tick-partitions";

    public async Task<int> EnsureAsync(IReadOnlyCollection<DateOnly> days, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if ((await MissingAsync(db, days, ct)).Count == 0)
        {
            return 0;
        }

        return await db.InTransactionAsync(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, LockName, token);
                var missing = await MissingAsync(db, days, token);
                foreach (var day in missing)
                {
                    await CreateAsync(db, day, token);
                }

                return missing.Count;
            },
            ct
        );
    }

    public async Task<IReadOnlyList<DateOnly>> DropAsync(DateOnly before, DateTimeOffset unwrittenSince, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync<IReadOnlyList<DateOnly>>(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, LockName, token);
                var old = await db
                    .TickPartitions.FromSql(
                        $"SELECT * FROM tick_partitions WHERE day < {before} AND last_write_at < {unwrittenSince} ORDER BY day FOR UPDATE"
                    )
                    .ToListAsync(token);
                foreach (var partition in old)
                {
                    await db.Database.ExecuteSqlAsync($"SELECT drop_tick_partition({partition.Day})", token);
                    db.TickPartitions.Remove(partition);
                }

                return old.ConvertAll(static partition => partition.Day);
            },
            ct
        );
    }

    private static async Task<List<DateOnly>> MissingAsync(AITraderDbContext db, IReadOnlyCollection<DateOnly> days, CancellationToken ct)
    {
        var present = await db.TickPartitions.Where(row => days.Contains(row.Day)).Select(static row => row.Day).ToListAsync(ct);
        return days.Except(present).Order().ToList();
    }

    private async Task CreateAsync(AITraderDbContext db, DateOnly day, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT make_tick_partition({day})", ct);
        var now = time.GetUtcNow();
        db.TickPartitions.Add(
            new TickPartitionRow
            {
                Day = day,
                CreatedAt = now,
                LastWriteAt = now,
            }
        );
    }
}
