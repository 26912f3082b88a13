using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage;

/// <summary>Makes and drops the daily partitions of <c>ticks</c>.</summary>
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
            ct);
    }

    public async Task<IReadOnlyList<DateOnly>> DropAsync(DateOnly before, DateTimeOffset unwrittenSince, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync<IReadOnlyList<DateOnly>>(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, LockName, token);
                var old = await db.TickPartitions
                    .FromSql($"SELECT * FROM tick_partitions WHERE day < {before} AND last_write_at < {unwrittenSince} ORDER BY day FOR UPDATE")
                    .ToListAsync(token);
                foreach (var partition in old)
                {
                    await ExecuteAsync(db, $"DROP TABLE IF EXISTS {NameOf(partition.Day)}", token);
                    db.TickPartitions.Remove(partition);
                }

                return old.ConvertAll(static partition => partition.Day);
            },
            ct);
    }

    private static async Task<List<DateOnly>> MissingAsync(AITraderDbContext db, IReadOnlyCollection<DateOnly> days, CancellationToken ct)
    {
        var present = await db.TickPartitions.Where(row => days.Contains(row.Day)).Select(static row => row.Day).ToListAsync(ct);
        return days.Except(present).Order().ToList();
    }

    // Attaching a filled-in table locks the parent less than CREATE TABLE ... PARTITION OF: readers and writers go on.
    private async Task CreateAsync(AITraderDbContext db, DateOnly day, CancellationToken ct)
    {
        var name = NameOf(day);
        await ExecuteAsync(db, $"CREATE TABLE {name} (LIKE ticks INCLUDING DEFAULTS INCLUDING CONSTRAINTS)", ct);
        await ExecuteAsync(
            db, $"ALTER TABLE ticks ATTACH PARTITION {name} FOR VALUES FROM ('{Bound(day)}') TO ('{Bound(day.AddDays(1))}')", ct);
        var now = time.GetUtcNow();
        db.TickPartitions.Add(new TickPartitionRow { Day = day, CreatedAt = now, LastWriteAt = now });
    }

    // Names and bounds of a partition cannot be parameters; both are made from a date alone.
    private static Task<int> ExecuteAsync(AITraderDbContext db, string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);

    private static string NameOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"ticks_{day:yyyyMMdd}");

    private static string Bound(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd} 00:00:00+00");
}
