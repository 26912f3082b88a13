using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Patterns of one bar. Each gives 100 or -100 as TA-Lib does, or 0.</summary>
internal static class SingleCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("BELTHOLD", 10, BeltHold, "a long body that opens at its extreme"),
        new("CLOSINGMARUBOZU", 10, ClosingMarubozu, "a long body that closes at its extreme"),
        new("HIGHWAVE", 10, HighWave, "a small body between two very long shadows", IsNeutral: true),
        new("LONGLINE", 10, LongLine, "a long body between short shadows"),
        new("MARUBOZU", 10, Marubozu, "a long body with hardly any shadow"),
        new("SHORTLINE", 10, ShortLine, "a short body between short shadows", IsNeutral: true),
        new("SPINNINGTOP", 10, SpinningTop, "a small body between longer shadows", IsNeutral: true),
    ];

    internal static int BeltHold(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasLongBody && (c.IsWhite ? c.Lower : c.Upper) < c.ShadowVeryShort ? 100 * c.Color : 0;
    }

    internal static int ClosingMarubozu(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasLongBody && (c.IsWhite ? c.Upper : c.Lower) < c.ShadowVeryShort ? 100 * c.Color : 0;
    }

    internal static int Marubozu(CandleWindow window, double _) => IsMarubozu(window[0]) ? 100 * window[0].Color : 0;

    internal static int LongLine(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasLongBody && c.Upper < c.ShadowShort && c.Lower < c.ShadowShort ? 100 * c.Color : 0;
    }

    internal static int ShortLine(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.Body < c.BodyShort && c.Upper < c.ShadowShort && c.Lower < c.ShadowShort ? 100 * c.Color : 0;
    }

    internal static int SpinningTop(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.Body < c.BodyShort && c.Upper > c.Body && c.Lower > c.Body ? 100 * c.Color : 0;
    }

    internal static int HighWave(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.Body < c.BodyShort && c.Upper > c.ShadowVeryLong && c.Lower > c.ShadowVeryLong ? 100 * c.Color : 0;
    }

    /// <summary>Long body, next to no shadows.</summary>
    internal static bool IsMarubozu(in Candle c) => c.HasLongBody && c.Upper < c.ShadowVeryShort && c.Lower < c.ShadowVeryShort;
}
