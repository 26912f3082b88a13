using AITrader.Domain.Ticks;

namespace AITrader.Storage.Ticks;

/// <summary>Makes bars of time out of stored ticks.</summary>
public interface ITickCandles
{
    /// <summary>The newest candles of a range, at most <see cref="CandleQuery.Limit"/>.</summary>
    Task<CandlePage> ReadAsync(CandleQuery query, CancellationToken ct);
}

/// <summary>Which candles.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Interval">Length: one that divides a day, counted from midnight UTC, at most a day.</param>
/// <param name="From">First moment of the ticks, included.</param>
/// <param name="Until">Last moment of the ticks, not included.</param>
/// <param name="Run">Replay run that stored the ticks; empty for live; null for live, or else the newest run, of the last day that has
/// ticks.</param>
/// <param name="Kind">Of trades, or of quotes' mids; null for trades, or else quotes, of the last day that has ticks.</param>
/// <param name="Limit">How many at most.</param>
public sealed record CandleQuery(
    string Symbol,
    TimeSpan Interval,
    DateTimeOffset From,
    DateTimeOffset Until,
    string? Run,
    TickKind? Kind,
    int Limit
);

/// <summary>What prices did in one interval; there is none where nothing happened.</summary>
/// <param name="Time">Start of the interval.</param>
/// <param name="Open">First price in the order of event time and number.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded quantity, exactly; zero of quotes.</param>
/// <param name="Turnover">Sum of price times quantity, to eight decimals.</param>
/// <param name="Ticks">Ticks in it.</param>
public sealed record Candle(
    DateTimeOffset Time,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    decimal Turnover,
    long Ticks
);

/// <summary>Candles, oldest first.</summary>
/// <param name="Run">Recording that they are of; null where there are no ticks.</param>
/// <param name="Kind">What their prices are of; null where there are no ticks.</param>
/// <param name="Candles">The newest ones of the range.</param>
/// <param name="LastSeq">Highest number among their ticks: a tick of that recording and kind with a higher one is not in them; null where
/// there are none.</param>
/// <param name="Previous">Where to end the range of the page before this one; null where there is none.</param>
public sealed record CandlePage(string? Run, TickKind? Kind, IReadOnlyList<Candle> Candles, long? LastSeq, DateTimeOffset? Previous);
