namespace AITrader.MockMcp.Market;

/// <summary>Prices of a stretch of time, by India's clock.</summary>
internal readonly record struct Candle(DateTime Start, decimal Open, decimal High, decimal Low, decimal Close, long Volume)
{
    public Candle With(decimal price, long volume) =>
        this with
        {
            High = Math.Max(High, price),
            Low = Math.Min(Low, price),
            Close = price,
            Volume = Volume + volume,
        };

    /// <summary>One candle of several that follow one another.</summary>
    public static Candle Of(DateTime start, IReadOnlyList<Candle> parts) =>
        new(
            start,
            parts[0].Open,
            parts.Max(static part => part.High),
            parts.Min(static part => part.Low),
            parts[^1].Close,
            parts.Sum(static part => part.Volume)
        );
}
