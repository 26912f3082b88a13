using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Patterns of two bars: <c>a</c>, then <c>b</c>.</summary>
internal static class PairCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("COUNTERATTACK", 11, Counterattack, "two long bars of opposite colour that close alike"),
        new(
            "DARKCLOUDCOVER",
            11,
            DarkCloudCover,
            "a black bar that opens above the high and closes deep in a long white body",
            Penetration: 0.5
        ),
        new("DOJISTAR", 11, DojiStar, "a doji beyond a long body"),
        new("ENGULFING", 2, Engulfing, "a body that covers the one before of the other colour"),
        new("HARAMI", 11, Harami, "a small body within a long one"),
        new("HARAMICROSS", 11, HaramiCross, "a doji within a long body"),
        new("HOMINGPIGEON", 11, HomingPigeon, "a small black body within a long black one"),
        new("KICKING", 11, Kicking, "two marubozu of opposite colour with a gap"),
        new("KICKINGBYLENGTH", 11, KickingByLength, "kicking, with the direction of the longer bar"),
        new("MATCHINGLOW", 6, MatchingLow, "two black bars that close alike"),
        new("SEPARATINGLINES", 11, SeparatingLines, "a long bar that opens where the one of the other colour did"),
    ];

    internal static int Engulfing(CandleWindow window, double _) => Engulfs(window[0], window[1]) ? 100 * window[0].Color : 0;

    internal static int Harami(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.HasLongBody && b.Body <= b.BodyShort && IsInside(b, a) ? -100 * a.Color : 0;
    }

    internal static int HaramiCross(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.HasLongBody && b.HasDojiBody && IsInside(b, a) ? -100 * a.Color : 0;
    }

    internal static int DojiStar(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.HasLongBody && b.HasDojiBody && (a.IsWhite ? b.GapsUp(a) : b.GapsDown(a)) ? -100 * a.Color : 0;
    }

    internal static int Counterattack(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.Color == -b.Color && a.HasLongBody && b.HasLongBody && Candle.IsWithin(b.Close, a.Close, a.Equal) ? 100 * b.Color : 0;
    }

    internal static int DarkCloudCover(CandleWindow window, double penetration)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.IsWhite && a.HasLongBody && b.IsBlack && b.Open > a.High && b.Close > a.Open && b.Close < a.Close - (a.Body * penetration)
            ? -100
            : 0;
    }

    internal static int HomingPigeon(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return a.IsBlack && b.IsBlack && a.HasLongBody && b.Body <= b.BodyShort && b.Open < a.Open && b.Close > a.Close ? 100 : 0;
    }

    internal static int Kicking(CandleWindow window, double _) => Kicks(window[1], window[0]) ? 100 * window[0].Color : 0;

    internal static int KickingByLength(CandleWindow window, double _) =>
        Kicks(window[1], window[0]) ? 100 * (window[0].Body > window[1].Body ? window[0] : window[1]).Color : 0;

    internal static int MatchingLow(CandleWindow window, double _) =>
        window[1].IsBlack && window[0].IsBlack && Candle.IsWithin(window[0].Close, window[1].Close, window[1].Equal) ? 100 : 0;

    internal static int SeparatingLines(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return
            a.Color == -b.Color
            && Candle.IsWithin(b.Open, a.Open, a.Equal)
            && b.HasLongBody
            && (b.IsWhite ? b.Lower : b.Upper) < b.ShadowVeryShort
            ? 100 * b.Color
            : 0;
    }

    /// <summary>Whether the later body covers the earlier one of the other colour.</summary>
    internal static bool Engulfs(in Candle later, in Candle earlier) =>
        later.IsWhite
            ? earlier.IsBlack && later.Close > earlier.Open && later.Open < earlier.Close
            : earlier.IsWhite && later.Open > earlier.Close && later.Close < earlier.Open;

    /// <summary>Whether a body lies within another.</summary>
    internal static bool IsInside(in Candle inner, in Candle outer) => inner.Top < outer.Top && inner.Bottom > outer.Bottom;

    private static bool Kicks(in Candle a, in Candle b) =>
        a.Color == -b.Color && SingleCandles.IsMarubozu(a) && SingleCandles.IsMarubozu(b) && (a.IsBlack ? b.Low > a.High : b.High < a.Low);
}
