using AITrader.Domain.Ticks;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Ticks;

/// <summary>Goes back through a range in slices of one partition each; PostgreSQL makes the bars, in exact numbers.</summary>
internal sealed class TickCandles(IDbContextFactory<AITraderDbContext> contexts, ITickHistory history) : ITickCandles
{
    /// <summary>A further day is read while the days before it have fewer ticks than this, so that no request takes minutes.</summary>
    private const long MaxTicks = 10_000_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        if (query.Interval <= TimeSpan.Zero || Day.Ticks % query.Interval.Ticks != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Interval, "An interval divides a day.");
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = new List<CandleRow>();
        var ticks = 0L;
        foreach (var (day, rows) in await DaysAsync(db, query, ct))
        {
            if (found.Count > query.Limit || ticks > MaxTicks)
            {
                return PageOf(query, found, found.Count > query.Limit ? null : day + Day);
            }

            ticks += rows;
            if (query.Run is null || query.Kind is null)
            {
                query = await ChooseAsync(db, query, day, ct);
            }

            if (query is { Run: not null, Kind: not null })
            {
                await ReadDayAsync(db, query, day, found, ct);
            }
        }

        return PageOf(query, found, unread: null);
    }

    // One candle more than requested shows that there is a page before.
    private static CandlePage PageOf(CandleQuery query, List<CandleRow> newestFirst, DateTimeOffset? unread)
    {
        var shown = newestFirst.Take(query.Limit).Reverse().ToList();
        return new CandlePage(
            query.Run,
            query.Kind,
            shown.ConvertAll(static row => new Candle(
                Utc(row.Time),
                row.Open,
                row.High,
                row.Low,
                row.Close,
                row.Volume,
                row.Turnover,
                row.Ticks
            )),
            shown.Count > 0 ? shown.Max(static row => row.Last) : null,
            newestFirst.Count > query.Limit ? Utc(shown[0].Time) : unread
        );
    }

    /// <summary>Recording and kind of a day, where the query leaves them open; both stay null where the day has no ticks of the
    /// symbol.</summary>
    private async Task<CandleQuery> ChooseAsync(AITraderDbContext db, CandleQuery query, DateTimeOffset day, CancellationToken ct)
    {
        var range = new TickRange([query.Symbol], Later(query.From, day), Earlier(query.Until, day + Day), query.Run);
        if ((query.Run ?? await history.FindRunAsync(range, ct)) is not { } run)
        {
            return query;
        }

        var rows = TickHistory.Within(db, range with { Run = run }, range.From, range.Until);
        var (trade, quote) = (TickKinds.ToLetter(TickKind.Trade), TickKinds.ToLetter(TickKind.Quote));
        var kind = query.Kind
            ?? (
                await rows.AnyAsync(row => row.Kind == trade, ct) ? TickKind.Trade
                : await rows.AnyAsync(row => row.Kind == quote, ct) ? TickKind.Quote
                : null
            );
        return kind is null ? query : query with { Run = run, Kind = kind };
    }

    // Short slices first: the newest candles of a busy day are found without reading the day.
    private static async Task ReadDayAsync(
        AITraderDbContext db,
        CandleQuery query,
        DateTimeOffset day,
        List<CandleRow> found,
        CancellationToken ct
    )
    {
        var (floor, until) = (Later(query.From, day), Earlier(query.Until, day + Day));
        var length = Shorter(query.Interval * query.Limit, Day);
        while (until > floor && found.Count <= query.Limit)
        {
            var start = until - length;
            var since = Later(start.AddTicks(-((start - DateTimeOffset.UnixEpoch).Ticks % query.Interval.Ticks)), floor);
            found.AddRange(await SliceAsync(db, query, since, until, query.Limit + 1 - found.Count, ct));
            (until, length) = (since, Shorter(length * 4, Day));
        }
    }

    private static Task<List<CandleRow>> SliceAsync(
        AITraderDbContext db,
        CandleQuery query,
        DateTimeOffset since,
        DateTimeOffset until,
        int limit,
        CancellationToken ct
    )
    {
        var kind = TickKinds.ToLetter(query.Kind!.Value).ToString();
        return db
            .Database.SqlQuery<CandleRow>(
                $"""
                SELECT date_bin({query.Interval}, timestamp, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS time,
                       (array_agg(price ORDER BY timestamp, seq, source))[1] AS open, max(price) AS high, min(price) AS low,
                       (array_agg(price ORDER BY timestamp DESC, seq DESC, source DESC))[1] AS close,
                       sum(volume) AS volume, round(sum(price * volume), 8) AS turnover, count(*) AS ticks, max(seq) AS last
                FROM ticks
                WHERE timestamp >= {since} AND timestamp < {until} AND symbol = {query.Symbol} AND run = {query.Run} AND kind = {kind}
                GROUP BY 1 ORDER BY 1 DESC LIMIT {limit}
                """
            )
            .ToListAsync(ct);
    }

    private static async Task<List<(DateTimeOffset Day, long Rows)>> DaysAsync(
        AITraderDbContext db,
        CandleQuery query,
        CancellationToken ct
    )
    {
        var (first, last) = (DateOnly.FromDateTime(query.From.UtcDateTime), DateOnly.FromDateTime(query.Until.UtcDateTime));
        var days = await db
            .TickPartitions.Where(row => row.Day >= first && row.Day <= last && row.Rows > 0)
            .OrderByDescending(static row => row.Day)
            .Select(static row => new { row.Day, row.Rows })
            .ToListAsync(ct);
        return days.ConvertAll(static row => (new DateTimeOffset(row.Day, TimeOnly.MinValue, TimeSpan.Zero), row.Rows));
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a.ToUniversalTime() : b.ToUniversalTime();

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a.ToUniversalTime() : b.ToUniversalTime();

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed record CandleRow(
        DateTime Time,
        decimal Open,
        decimal High,
        decimal Low,
        decimal Close,
        decimal Volume,
        decimal Turnover,
        long Ticks,
        long Last
    );
}
