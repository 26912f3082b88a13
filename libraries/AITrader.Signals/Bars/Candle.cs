namespace AITrader.Signals.Bars;

/// <summary>One bar as candlestick patterns see it, with TA-Lib's yardsticks taken over the bars before it.</summary>
/// <remarks>
/// The yardsticks are TA-Lib's default candle settings: a factor times the mean of real bodies, high-low ranges or shadows of the 5 or 10
/// bars before this one,
/// halved for shadows; those of a period of 0 are taken from the bar itself. Source: TA-Lib, ta_global.c and ta_utility.h.
/// </remarks>
internal readonly struct Candle(double open, double high, double low, double close, in CandleSums before)
{
    private const double Ten = 10.0;
    private const double Five = 5.0;

    private readonly CandleSums _before = before;

    /// <summary>Sums of the bars before.</summary>
    internal CandleSums Before => _before;

    internal double Open { get; } = open;

    internal double High { get; } = high;

    internal double Low { get; } = low;

    internal double Close { get; } = close;

    internal bool IsWhite => Close >= Open;

    internal bool IsBlack => Close < Open;

    /// <summary>1 for white, -1 for black.</summary>
    internal int Color => IsWhite ? 1 : -1;

    /// <summary>Upper end of the body.</summary>
    internal double Top => Math.Max(Open, Close);

    /// <summary>Lower end of the body.</summary>
    internal double Bottom => Math.Min(Open, Close);

    internal double Body => Math.Abs(Close - Open);

    internal double Upper => High - (IsWhite ? Close : Open);

    internal double Lower => (IsWhite ? Open : Close) - Low;

    internal double Range => High - Low;

    internal bool HasLongBody => Body > BodyLong;

    internal bool HasDojiBody => Body <= BodyDoji;

    internal double BodyLong => _before.Body10 / Ten;

    internal double BodyShort => _before.Body10 / Ten;

    internal double BodyDoji => 0.1 * (_before.Range10 / Ten);

    internal double ShadowLong => Body;

    internal double ShadowVeryLong => 2.0 * Body;

    internal double ShadowShort => _before.Shadows10 / Ten / 2.0;

    internal double ShadowVeryShort => 0.1 * (_before.Range10 / Ten);

    internal double Near => 0.2 * (_before.Range5 / Five);

    internal double Far => 0.6 * (_before.Range5 / Five);

    internal double Equal => 0.05 * (_before.Range5 / Five);

    /// <summary>Mean range of the ten bars before.</summary>
    internal double MeanRange => _before.Range10 / Ten;

    /// <summary>Whether the body lies wholly above another's.</summary>
    internal bool GapsUp(in Candle other) => Bottom > other.Top;

    /// <summary>Whether the body lies wholly below another's.</summary>
    internal bool GapsDown(in Candle other) => Top < other.Bottom;

    /// <summary>Whether a price is at most <paramref name="distance"/> away from another.</summary>
    internal static bool IsWithin(double price, double other, double distance) => price <= other + distance && price >= other - distance;
}

/// <summary>Sums over the bars before a bar.</summary>
internal struct CandleSums
{
    internal double Body10;
    internal double Range10;
    internal double Shadows10;
    internal double Range5;
}
