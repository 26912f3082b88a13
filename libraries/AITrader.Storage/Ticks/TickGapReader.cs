using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage;

/// <summary>Looks for holes day by day, so that PostgreSQL sorts one partition at a time and nothing is held here but what is told.</summary>
internal static class TickGapReader
{
    /// <summary>Holes and pauses that are told one by one, per day and per symbol; all of them are counted.</summary>
    private const int MostTold = 20;

    public static async Task<TickDay?> ReadAsync(AITraderDbContext db, TickRange range, DateTimeOffset since, DateTimeOffset until, TimeSpan threshold, CancellationToken ct)
    {
        var symbols = await SymbolsAsync(db, range, since, until, threshold, ct);
        if (symbols.Count == 0)
        {
            return null;
        }

        var pauses = symbols.Exists(static symbol => symbol.TimeGaps > 0) ? await PausesAsync(db, range, since, until, threshold, ct) : [];
        var told = pauses.ToLookup(static pause => pause.Symbol, StringComparer.Ordinal);
        var holes = range.Run!.Length > 0 ? await HolesAsync(db, range.Run, since, until, ct) : null;
        return new TickDay(
            DateOnly.FromDateTime(since.UtcDateTime),
            symbols.Sum(static symbol => symbol.Ticks),
            holes is null ? null : holes.Count > 0 ? holes[0].Holes : 0,
            holes is null ? null : holes.Count > 0 ? holes[0].Missing : 0,
            holes?.ConvertAll(static hole => new TickSequenceGap(hole.After, hole.Next, Utc(hole.From), Utc(hole.To))) ?? [],
            symbols.ConvertAll(symbol => ToSymbol(symbol, told[symbol.Symbol])));
    }

    private static TickSymbolDay ToSymbol(SymbolRow row, IEnumerable<PauseRow> pauses) => new(
        row.Symbol, row.Ticks, Utc(row.First), Utc(row.Last), row.Duplicates, row.OutOfOrder, row.TimeGaps,
        [.. pauses.Select(static pause => new TickTimeGap(Utc(pause.From), Utc(pause.To)))]);

    private static Task<List<SymbolRow>> SymbolsAsync(
        AITraderDbContext db, TickRange range, DateTimeOffset since, DateTimeOffset until, TimeSpan threshold, CancellationToken ct)
    {
        var symbols = range.Symbols.ToArray();
        return db.Database.SqlQuery<SymbolRow>(
            $"""
            SELECT symbol, count(*) AS ticks, min(timestamp) AS first, max(timestamp) AS last,
                   count(*) FILTER (WHERE repetition > 1) AS duplicates,
                   count(*) FILTER (WHERE timestamp < numbered_before) AS outoforder,
                   count(*) FILTER (WHERE timestamp - before > {threshold}) AS timegaps
            FROM (
                SELECT symbol, timestamp,
                       row_number() OVER (PARTITION BY symbol, source, timestamp, kind, price, volume, bid, bid_size, ask, ask_size ORDER BY seq) AS repetition,
                       lag(timestamp) OVER (PARTITION BY symbol, source ORDER BY seq) AS numbered_before,
                       lag(timestamp) OVER (PARTITION BY symbol ORDER BY timestamp, seq) AS before
                FROM ticks
                WHERE timestamp >= {since} AND timestamp < {until} AND run = {range.Run} AND (cardinality({symbols}) = 0 OR symbol = ANY ({symbols}))
            ) AS seen
            GROUP BY symbol ORDER BY symbol
            """).ToListAsync(ct);
    }

    private static Task<List<PauseRow>> PausesAsync(
        AITraderDbContext db, TickRange range, DateTimeOffset since, DateTimeOffset until, TimeSpan threshold, CancellationToken ct)
    {
        var symbols = range.Symbols.ToArray();
        return db.Database.SqlQuery<PauseRow>(
            $"""
            SELECT symbol, before AS "from", timestamp AS "to"
            FROM (
                SELECT symbol, before, timestamp, row_number() OVER (PARTITION BY symbol ORDER BY timestamp - before DESC, timestamp) AS rank
                FROM (
                    SELECT symbol, timestamp, lag(timestamp) OVER (PARTITION BY symbol ORDER BY timestamp, seq) AS before
                    FROM ticks
                    WHERE timestamp >= {since} AND timestamp < {until} AND run = {range.Run} AND (cardinality({symbols}) = 0 OR symbol = ANY ({symbols}))
                ) AS seen
                WHERE timestamp - before > {threshold}
            ) AS ranked
            WHERE rank <= {MostTold} ORDER BY symbol, timestamp
            """).ToListAsync(ct);
    }

    // A run numbers its ticks over all symbols, so which symbol lost one cannot be told.
    private static Task<List<HoleRow>> HolesAsync(AITraderDbContext db, string run, DateTimeOffset since, DateTimeOffset until, CancellationToken ct) =>
        db.Database.SqlQuery<HoleRow>(
            $"""
            SELECT before AS after, seq AS next, at AS "from", timestamp AS "to", count(*) OVER () AS holes, (sum(seq - before - 1) OVER ())::bigint AS missing
            FROM (
                SELECT seq, timestamp, lag(seq) OVER (ORDER BY seq) AS before, lag(timestamp) OVER (ORDER BY seq) AS at
                FROM ticks WHERE timestamp >= {since} AND timestamp < {until} AND run = {run}
            ) AS seen
            WHERE seq - before > 1 ORDER BY seq - before DESC, seq LIMIT {MostTold}
            """).ToListAsync(ct);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private sealed record SymbolRow(string Symbol, long Ticks, DateTime First, DateTime Last, long Duplicates, long OutOfOrder, long TimeGaps);

    private sealed record PauseRow(string Symbol, DateTime From, DateTime To);

    private sealed record HoleRow(long After, long Next, DateTime From, DateTime To, long Holes, long Missing);
}
