using AITrader.Storage.Ticks;

namespace AITrader.Backend.Ticks;

/// <summary>What prices did in one interval.</summary>
/// <param name="Time">Its start.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded quantity.</param>
/// <param name="Turnover">Sum of price times quantity.</param>
/// <param name="Ticks">Ticks in it.</param>
public sealed record CandleResponse(
    DateTimeOffset Time,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume,
    decimal Turnover,
    long Ticks
)
{
    internal static CandleResponse From(Candle candle) =>
        new(candle.Time, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.Turnover, candle.Ticks);
}

/// <summary>Candles, oldest first.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Interval">Length of each, such as 1m.</param>
/// <param name="Run">Recording: a replay run, empty for live; null where there are no ticks.</param>
/// <param name="Kind">trade or quote (the mid): what the prices are of; null where there are no ticks.</param>
/// <param name="Items">The newest ones of the range.</param>
/// <param name="LastSeq">Highest number among their ticks; whoever follows the monitor adds ticks of this run and kind with higher
/// ones.</param>
/// <param name="Previous">The next <c>to</c>, for the candles before these; null where there are none.</param>
public sealed record CandlesResponse(
    string Symbol,
    string Interval,
    string? Run,
    string? Kind,
    IReadOnlyList<CandleResponse> Items,
    long? LastSeq,
    DateTimeOffset? Previous
);

/// <summary>Which candles, as the query says it.</summary>
internal sealed record CandleFilter
{
    /// <summary>Instrument.</summary>
    public string? Symbol { get; init; }

    /// <summary>1s, 5s, 15s, 30s, 1m, 5m, 15m, 30m, 1h, 4h or 1d, counted from midnight UTC.</summary>
    public string? Interval { get; init; }

    /// <summary>First moment, included: ISO 8601, UTC where no offset is given; absent for the beginning of the store.</summary>
    public string? From { get; init; }

    /// <summary>Last moment, not included; absent for the newest tick.</summary>
    public string? To { get; init; }

    /// <summary>Replay run; empty for live; absent for live or else the newest run of the last day that has ticks.</summary>
    public string? Run { get; init; }

    /// <summary>trade or quote; absent for trades, or quotes where the last day that has ticks has no trade.</summary>
    public string? Kind { get; init; }

    /// <summary>1 to 5000, 500 where absent: the newest of the range.</summary>
    public int? Limit { get; init; }
}
