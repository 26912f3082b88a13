using System.Runtime.CompilerServices;
using AITrader.Domain.Ticks;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Ticks;

/// <summary>Keyset pages over short pieces of time: partitions are pruned by the piece, blocks within them by the BRIN index.</summary>
internal sealed class TickHistory(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time) : ITickHistory
{
    private const int PageSize = 5000;

    public async Task<string?> FindRunAsync(TickRange range, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await Within(db, range with { Run = null }, range.From, range.Until)
            .Select(static row => row.Run)
            .Distinct()
            .ToListAsync(ct);
        if (runs.Count == 0 || runs.Contains(string.Empty))
        {
            return runs.Count == 0 ? null : string.Empty;
        }

        var newest = await db
            .ReplayRuns.Where(row => runs.Contains(row.Run))
            .OrderByDescending(static row => row.StartedAt)
            .ThenByDescending(static row => row.Attempt)
            .Select(static row => row.Run)
            .FirstOrDefaultAsync(ct);
        return newest ?? runs.Max(StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<Tick>> PageAsync(TickRange range, TickPlace? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await PageAsync(db, range, after, limit, new TickSlices(), ct);
    }

    public async IAsyncEnumerable<Tick> ReadAsync(TickRange range, TickPlace? after, [EnumeratorCancellation] CancellationToken ct)
    {
        var slices = new TickSlices();
        while (true)
        {
            IReadOnlyList<Tick> page;
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                page = await PageAsync(db, range, after, PageSize, slices, ct);
            }

            foreach (var tick in page)
            {
                yield return tick;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = TickPlace.Of(page[^1]);
        }
    }

    public async Task<IReadOnlyList<TickDay>> GapsAsync(TickRange range, TimeSpan threshold, ITickSessions sessions, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(range.Run);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await new TickGapReader(db, range, threshold, sessions, time.GetUtcNow()).ReadAsync(
            await DaysAsync(db, range.From, range.Until, ct),
            ct
        );
    }

    public async Task<IReadOnlyDictionary<string, TickNewest>> NewestAsync(
        string source,
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        DateTimeOffset since,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await TickNewestReader.ReadAsync(db, source, symbols, needsTrade, since, time.GetUtcNow(), ct);
    }

    /// <summary>Rows of one piece of a range; both the pruning and the index need the bounds as plain comparisons of the time.</summary>
    internal static IQueryable<TickRow> Within(AITraderDbContext db, TickRange range, DateTimeOffset since, DateTimeOffset until)
    {
        var (from, end) = (since.ToUniversalTime(), until.ToUniversalTime());
        var rows = db.Ticks.AsNoTracking().Where(row => row.Timestamp >= from && row.Timestamp < end);
        if (range.Run is { } run)
        {
            rows = rows.Where(row => row.Run == run);
        }

        return range.Symbols.Count switch
        {
            0 => rows,
            1 => rows.Where(row => row.Symbol == range.Symbols[0]),
            _ => rows.Where(row => range.Symbols.Contains(row.Symbol)),
        };
    }

    private static async Task<IReadOnlyList<Tick>> PageAsync(
        AITraderDbContext db,
        TickRange range,
        TickPlace? after,
        int limit,
        TickSlices slices,
        CancellationToken ct
    )
    {
        var found = new List<Tick>();
        var start = after?.Timestamp.ToUniversalTime() ?? range.From.ToUniversalTime();
        foreach (var day in await DaysAsync(db, start, range.Until, ct))
        {
            var since = Later(start, day);
            var end = Earlier(range.Until.ToUniversalTime(), day.AddDays(1));
            while (since < end && found.Count < limit)
            {
                var until = Earlier(since + slices.Length, end);
                var missing = limit - found.Count;
                var rows = await PieceAsync(db, range, since, until, after, missing, ct);
                found.AddRange(rows);
                if (rows.Count == missing)
                {
                    slices.Overflowed(rows[^1].Timestamp - since);
                    return found;
                }

                slices.Ended(rows.Count, limit);
                since = until;
            }
        }

        return found;
    }

    private static async Task<List<Tick>> PieceAsync(
        AITraderDbContext db,
        TickRange range,
        DateTimeOffset since,
        DateTimeOffset until,
        TickPlace? after,
        int limit,
        CancellationToken ct
    ) => (await Piece(db, range, since, until, after, limit).ToListAsync(ct)).ConvertAll(TickRows.ToTick);

    internal static IQueryable<TickRow> Piece(
        AITraderDbContext db,
        TickRange range,
        DateTimeOffset since,
        DateTimeOffset until,
        TickPlace? after,
        int limit
    )
    {
        var rows = Within(db, range, since, until);
        if (after is { } place)
        {
            var time = place.Timestamp.ToUniversalTime();
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(row.Timestamp, row.Seq, row.Source, row.Symbol),
                    ValueTuple.Create(time, place.Seq, place.Source, place.Symbol)
                )
            );
        }

        return rows.OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Seq)
            .ThenBy(static row => row.Source)
            .ThenBy(static row => row.Symbol)
            .Take(limit);
    }

    // Days without a partition have no ticks: a range of years costs no more than the days that are there.
    private static async Task<List<DateTimeOffset>> DaysAsync(
        AITraderDbContext db,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken ct
    )
    {
        var (first, last) = (DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(until.UtcDateTime));
        var days = await db
            .TickPartitions.Where(row => row.Day >= first && row.Day <= last && row.Rows > 0)
            .OrderBy(static row => row.Day)
            .Select(static row => row.Day)
            .ToListAsync(ct);
        return days.ConvertAll(static day => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
