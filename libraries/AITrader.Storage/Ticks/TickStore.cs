using AITrader.Domain.Ticks;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Ticks;

/// <summary>COPY and position in one transaction.</summary>
internal sealed class TickStore(IDbContextFactory<AITraderDbContext> contexts, TickPartitions partitions, TimeProvider time) : ITickStore
{
    public async Task<int> AppendAsync(IReadOnlyList<Tick> ticks, string stream, string lastId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        if (ticks.Count == 0)
        {
            return 0;
        }

        await partitions.EnsureAsync(ticks.Select(DayOf).ToHashSet(), ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(token => AppendAsync(db, ticks, stream, lastId, token), ct);
    }

    public async Task<int> EnsurePartitionsAsync(DateOnly first, DateOnly last, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToArray();
        return await partitions.EnsureAsync(days, ct);
    }

    public Task<IReadOnlyList<DateOnly>> DropPartitionsAsync(DateOnly day, DateTimeOffset unwrittenSince, CancellationToken ct) =>
        partitions.DropAsync(day, unwrittenSince, ct);

    public async Task<IReadOnlyList<Tick>> QueryAsync(
        string symbol,
        DateTimeOffset since,
        DateTimeOffset until,
        int limit,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db
            .Ticks.Where(row => row.Symbol == symbol && row.Timestamp >= since.ToUniversalTime() && row.Timestamp < until.ToUniversalTime())
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Seq)
            .Take(limit)
            .ToListAsync(ct);
        return rows.ConvertAll(TickRows.ToTick);
    }

    private async Task<int> AppendAsync(AITraderDbContext db, IReadOnlyList<Tick> ticks, string stream, string lastId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var fresh = new List<Tick>(ticks.Count);
        foreach (var scope in ticks.GroupBy(OriginOf).OrderBy(static origin => ScopeOf(origin.Key), StringComparer.Ordinal))
        {
            var position = await LockPositionAsync(db, stream, ScopeOf(scope.Key), now, ct);
            fresh.AddRange(await WithoutStoredAsync(db, scope.ToList(), position.LastSeq, ct));
            position.LastSeq = Math.Max(position.LastSeq, scope.Max(static tick => tick.Seq));
            position.LastId = lastId;
            position.UpdatedAt = now;
        }

        if (fresh.Count > 0)
        {
            await CountAsync(db, fresh, now, ct);
            await TickCopy.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), fresh, ct);
        }

        return fresh.Count;
    }

    private static DateOnly DayOf(Tick tick) => DateOnly.FromDateTime(tick.Timestamp.UtcDateTime);

    // A name a tick would be made only to be compared.
    private static (string Run, string Source) OriginOf(Tick tick) => (tick.Run, tick.Run.Length > 0 ? string.Empty : tick.Source);

    private static string ScopeOf((string Run, string Source) origin) => origin.Run.Length > 0 ? origin.Run : $"live:{origin.Source}";

    // The row lock serialises instances, so that none stores between the check and the copy.
    private static async Task<StreamPositionRow> LockPositionAsync(
        AITraderDbContext db,
        string stream,
        string scope,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO stream_positions (stream, scope, last_id, last_seq, updated_at) VALUES ({stream}, {scope}, '0-0', 0, {now}) ON CONFLICT DO NOTHING",
            ct
        );
        return await db
            .StreamPositions.FromSql($"SELECT * FROM stream_positions WHERE stream = {stream} AND scope = {scope} FOR UPDATE")
            .SingleAsync(ct);
    }

    // Above the highest stored sequence everything is new. Below it, a tick is either stored or was left behind by
    // another consumer: only the table knows.
    private static async Task<IEnumerable<Tick>> WithoutStoredAsync(
        AITraderDbContext db,
        List<Tick> ticks,
        long lastSeq,
        CancellationToken ct
    )
    {
        if (IsAscending(ticks, lastSeq))
        {
            return ticks;
        }

        var suspects = ticks.Where(tick => tick.Seq <= lastSeq).ToList();
        var stored = suspects.Count == 0 ? [] : await StoredAsync(db, suspects, ct);
        return ticks.Where(tick => stored.Add(KeyOf(tick)));
    }

    // What nearly every batch is: nothing of it can be stored already, or be in it twice.
    private static bool IsAscending(List<Tick> ticks, long lastSeq)
    {
        foreach (var tick in ticks)
        {
            if (tick.Seq <= lastSeq)
            {
                return false;
            }

            lastSeq = tick.Seq;
        }

        return true;
    }

    private static async Task<HashSet<TickKey>> StoredAsync(AITraderDbContext db, List<Tick> suspects, CancellationToken ct)
    {
        var run = suspects[0].Run;
        var source = suspects[0].Source;
        var from = suspects.Min(static tick => KeyOf(tick).Timestamp);
        var to = suspects.Max(static tick => KeyOf(tick).Timestamp);
        var sequences = suspects.Select(static tick => tick.Seq).ToArray();
        var (low, high) = (sequences.Min(), sequences.Max());
        var rows = await db
            .Ticks.Where(row => row.Timestamp >= from && row.Timestamp <= to && row.Run == run && row.Seq >= low && row.Seq <= high)
            .Where(row => run != string.Empty || row.Source == source)
            .Select(static row => new TickKey(row.Symbol, row.Timestamp, row.Seq))
            .ToListAsync(ct);
        return [.. rows];
    }

    // The database keeps whole microseconds.
    private static TickKey KeyOf(Tick tick)
    {
        var ticks = tick.Timestamp.UtcTicks;
        return new TickKey(tick.Symbol, new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero), tick.Seq);
    }

    // In the order of days, so that instances with the same days wait for each other instead of deadlocking.
    private static async Task CountAsync(AITraderDbContext db, List<Tick> fresh, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (day, count) in fresh.CountBy(DayOf).OrderBy(static day => day.Key))
        {
            await db
                .TickPartitions.Where(row => row.Day == day)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(static row => row.LastWriteAt, now).SetProperty(static row => row.Rows, row => row.Rows + count),
                    ct
                );
        }
    }

    private readonly record struct TickKey(string Symbol, DateTimeOffset Timestamp, long Seq);
}
