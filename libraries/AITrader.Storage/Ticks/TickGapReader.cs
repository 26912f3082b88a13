using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Ticks;

/// <summary>Looks for what is missing in a range, a day at a time, so that PostgreSQL sorts one partition at a time and only the
/// results are held here.</summary>
/// <param name="db">Where it is stored.</param>
/// <param name="range">Which ticks; its run is known.</param>
/// <param name="threshold">Pauses longer than this count.</param>
/// <param name="sessions">When markets are open.</param>
/// <param name="now">The market has not gone on from here.</param>
internal sealed class TickGapReader(AITraderDbContext db, TickRange range, TimeSpan threshold, ITickSessions sessions, DateTimeOffset now)
{
    /// <summary>Holes and pauses that are listed, per day and per symbol; all of them are counted.</summary>
    private const int MaxListed = 20;

    private readonly SortedDictionary<DateTimeOffset, Found> _days = [];

    /// <summary>Reads the days that have a partition; each begins at midnight (UTC).</summary>
    public async Task<IReadOnlyList<TickDay>> ReadAsync(IReadOnlyList<DateTimeOffset> days, CancellationToken ct)
    {
        foreach (var day in days)
        {
            var part = PartOf(day);
            if (part.From < part.Until && await SymbolsAsync(part, ct) is { Count: > 0 } symbols)
            {
                _days[day] = new Found { Symbols = symbols, Holes = range.Run!.Length > 0 ? await HolesAsync(part, ct) : null };
            }
        }

        if (_days.Count == 0)
        {
            return [];
        }

        AssignSessions();
        foreach (var (day, found) in _days.Where(static day => day.Value.Symbols.Count > 0 && day.Value.Sessions.Count > 0))
        {
            await ReadSessionsAsync(PartOf(day), found, ct);
        }

        FindEdges();
        return
        [
            .. _days
                .Select(static day => day.Value.ToDay(DateOnly.FromDateTime(day.Key.UtcDateTime)))
                .Where(static day => day.Symbols.Count > 0),
        ];
    }

    // A day without a tick has sessions too.
    private void AssignSessions()
    {
        foreach (var session in Sessions())
        {
            if (!_days.TryGetValue(session.Day, out var found))
            {
                _days[session.Day] = found = new Found { Holes = range.Run!.Length > 0 ? [] : null };
            }

            found.Sessions.Add(session);
        }
    }

    private void FindEdges()
    {
        foreach (
            var symbol in _days
                .Values.SelectMany(static found => found.Sessions)
                .GroupBy(static session => session.Symbol, StringComparer.Ordinal)
        )
        {
            TickGapSession.FindEdges([.. symbol], threshold);
        }
    }

    // Sessions of all symbols that are known or were asked for: of a run within its first and last tick, of a live recording up to now.
    private IEnumerable<TickGapSession> Sessions()
    {
        var seen = _days.Values.SelectMany(static found => found.Symbols).ToList();
        var extent =
            range.Run!.Length > 0
                ? new TickSpan(seen.Min(static row => Utc(row.First)), seen.Max(static row => Utc(row.Last)).AddMicroseconds(1))
                : new TickSpan(range.From.ToUniversalTime(), Earlier(range.Until.ToUniversalTime(), now));
        var sources = seen.GroupBy(static row => row.Symbol, StringComparer.Ordinal)
            .ToDictionary(static rows => rows.Key, static rows => rows.First().Source, StringComparer.Ordinal);
        return sources
            .Keys.Union(range.Symbols, StringComparer.Ordinal)
            .SelectMany(symbol =>
                sessions
                    .Within(symbol, sources.GetValueOrDefault(symbol, string.Empty), extent)
                    .SelectMany(DailySessions.CutAtMidnight)
                    .Select(span => new TickGapSession(symbol, span))
            );
    }

    private TickSpan PartOf(DateTimeOffset day) =>
        new(Later(range.From.ToUniversalTime(), day), Earlier(range.Until.ToUniversalTime(), day.AddDays(1)));

    private async Task ReadSessionsAsync(TickSpan part, Found found, CancellationToken ct)
    {
        var symbols = found.Sessions.ConvertAll(static session => session.Symbol).ToArray();
        var (since, until) = (
            found.Sessions.ConvertAll(static session => session.Span.From.UtcDateTime).ToArray(),
            found.Sessions.ConvertAll(static session => session.Span.Until.UtcDateTime).ToArray()
        );
        var rows = await db
            .Database.SqlQuery<SessionRow>(
                $"""
                SELECT session.n, count(*) AS ticks, min(timestamp) AS first, max(timestamp) AS last
                FROM unnest({symbols}, {since}, {until}) WITH ORDINALITY AS session(symbol, since, until, n)
                JOIN ticks ON ticks.symbol = session.symbol AND timestamp >= since AND timestamp < until
                WHERE timestamp >= {part.From} AND timestamp < {part.Until} AND run = {range.Run}
                GROUP BY session.n
                """
            )
            .ToListAsync(ct);
        foreach (var row in rows)
        {
            var session = found.Sessions[(int)row.N - 1];
            (session.Ticks, session.First, session.Last) = (row.Ticks, Utc(row.First), Utc(row.Last));
        }

        if (rows.Exists(row => row.Last - row.First > threshold))
        {
            found.Pauses = await PausesAsync(part, symbols, since, until, ct);
        }
    }

    private Task<List<PauseRow>> PausesAsync(TickSpan part, string[] symbols, DateTime[] since, DateTime[] until, CancellationToken ct) =>
        db
            .Database.SqlQuery<PauseRow>(
                $"""
                SELECT symbol, before AS "from", timestamp AS "to", pauses
                FROM (
                    SELECT symbol, before, timestamp, count(*) OVER (PARTITION BY symbol) AS pauses,
                           row_number() OVER (PARTITION BY symbol ORDER BY timestamp - before DESC, timestamp) AS rank
                    FROM (
                        SELECT ticks.symbol, timestamp, lag(timestamp) OVER (PARTITION BY session.n ORDER BY timestamp, seq) AS before
                        FROM unnest({symbols}, {since}, {until}) WITH ORDINALITY AS session(symbol, since, until, n)
                        JOIN ticks ON ticks.symbol = session.symbol AND timestamp >= since AND timestamp < until
                        WHERE timestamp >= {part.From} AND timestamp < {part.Until} AND run = {range.Run}
                    ) AS seen
                    WHERE timestamp - before > {threshold}
                ) AS ranked
                WHERE rank <= {MaxListed} ORDER BY symbol, timestamp
                """
            )
            .ToListAsync(ct);

    private Task<List<SymbolRow>> SymbolsAsync(TickSpan part, CancellationToken ct)
    {
        var symbols = range.Symbols.ToArray();
        return db
            .Database.SqlQuery<SymbolRow>(
                $"""
                SELECT symbol, min(source) AS source, count(*) AS ticks, min(timestamp) AS first, max(timestamp) AS last,
                       count(*) FILTER (WHERE repetition > 1) AS duplicates,
                       count(*) FILTER (WHERE timestamp < numbered_before) AS outoforder
                FROM (
                    SELECT symbol, source, timestamp,
                           row_number() OVER (PARTITION BY symbol, source, timestamp, kind, price, volume, bid, bid_size, ask, ask_size ORDER BY seq) AS repetition,
                           lag(timestamp) OVER (PARTITION BY symbol, source ORDER BY seq) AS numbered_before
                    FROM ticks
                    WHERE timestamp >= {part.From} AND timestamp < {part.Until} AND run = {range.Run} AND (cardinality({symbols}) = 0 OR symbol = ANY ({symbols}))
                ) AS seen
                GROUP BY symbol ORDER BY symbol
                """
            )
            .ToListAsync(ct);
    }

    // A run numbers its ticks over all symbols, so the symbol of a lost one is unknown.
    private Task<List<HoleRow>> HolesAsync(TickSpan part, CancellationToken ct) =>
        db
            .Database.SqlQuery<HoleRow>(
                $"""
                SELECT before AS after, seq AS next, at AS "from", timestamp AS "to", count(*) OVER () AS holes, (sum(seq - before - 1) OVER ())::bigint AS missing
                FROM (
                    SELECT seq, timestamp, lag(seq) OVER (ORDER BY seq) AS before, lag(timestamp) OVER (ORDER BY seq) AS at
                    FROM ticks WHERE timestamp >= {part.From} AND timestamp < {part.Until} AND run = {range.Run}
                ) AS seen
                WHERE seq - before > 1 ORDER BY seq - before DESC, seq LIMIT {MaxListed}
                """
            )
            .ToListAsync(ct);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed class Found
    {
        public List<SymbolRow> Symbols { get; init; } = [];

        public List<HoleRow>? Holes { get; init; }

        public List<TickGapSession> Sessions { get; } = [];

        public List<PauseRow> Pauses { get; set; } = [];

        public TickDay ToDay(DateOnly day) =>
            new(
                day,
                Symbols.Sum(static symbol => symbol.Ticks),
                Holes is null ? null
                    : Holes.Count > 0 ? Holes[0].Holes
                    : 0,
                Holes is null ? null
                    : Holes.Count > 0 ? Holes[0].Missing
                    : 0,
                Holes?.ConvertAll(static hole => new TickSequenceGap(hole.After, hole.Next, Utc(hole.From), Utc(hole.To))) ?? [],
                [
                    .. Symbols
                        .Select(static row => row.Symbol)
                        .Union(
                            Sessions.Where(static session => session.Ticks == 0).Select(static session => session.Symbol),
                            StringComparer.Ordinal
                        )
                        .Order(StringComparer.Ordinal)
                        .Select(ToSymbolDay),
                ]
            );

        private TickSymbolDay ToSymbolDay(string symbol)
        {
            var row = Symbols.Find(row => row.Symbol == symbol);
            var sessions = Sessions.FindAll(session => session.Symbol == symbol);
            var pauses = Pauses.FindAll(pause => pause.Symbol == symbol);
            var edges = sessions.SelectMany(static session => session.Edges).ToList();
            var listed = pauses
                .Select(static pause => new TickTimeGap(Utc(pause.From), Utc(pause.To)))
                .Concat(edges)
                .OrderByDescending(static gap => gap.To - gap.From)
                .Take(MaxListed)
                .OrderBy(static gap => gap.To);
            return new TickSymbolDay(
                symbol,
                row?.Ticks ?? 0,
                row is null ? null : Utc(row.First),
                row is null ? null : Utc(row.Last),
                row?.Duplicates ?? 0,
                row?.OutOfOrder ?? 0,
                (row?.Ticks ?? 0) - sessions.Sum(static session => session.Ticks),
                (pauses.Count > 0 ? pauses[0].Pauses : 0) + edges.Count,
                [.. listed],
                [
                    .. sessions
                        .Where(static session => session.Ticks == 0)
                        .Select(static session => new TickTimeGap(session.Span.From, session.Span.Until)),
                ]
            );
        }
    }

    private sealed record SymbolRow(
        string Symbol,
        string Source,
        long Ticks,
        DateTime First,
        DateTime Last,
        long Duplicates,
        long OutOfOrder
    );

    private sealed record SessionRow(long N, long Ticks, DateTime First, DateTime Last);

    private sealed record PauseRow(string Symbol, DateTime From, DateTime To, long Pauses);

    private sealed record HoleRow(long After, long Next, DateTime From, DateTime To, long Holes, long Missing);
}
