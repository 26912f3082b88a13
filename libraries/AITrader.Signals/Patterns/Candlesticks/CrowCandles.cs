using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Crows, soldiers and their like: bars of one colour in a row.</summary>
internal static class CrowCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("2CROWS", 12, TwoCrows, "a long white bar, a black one above it, a black one that closes into the white body"),
        new("3BLACKCROWS", 13, ThreeBlackCrows, "three black bars down, each opening within the body before, after a white one"),
        new("3WHITESOLDIERS", 12, ThreeWhiteSoldiers, "three long white bars up with hardly any upper shadow"),
        new("ADVANCEBLOCK", 12, AdvanceBlock, "three white bars up that grow weak"),
        new("IDENTICAL3CROWS", 12, IdenticalThreeCrows, "three black bars down, each opening at the close before"),
        new("STALLEDPATTERN", 12, Stalled, "two long white bars up, and a small one on top"),
        new("UPSIDEGAP2CROWS", 12, UpsideGapTwoCrows, "two black bars above a long white one, the second covering the first"),
    ];

    internal static int TwoCrows(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            a.IsWhite
            && a.HasLongBody
            && b.IsBlack
            && b.GapsUp(a)
            && c.IsBlack
            && c.Open < b.Open
            && c.Open > b.Close
            && c.Close > a.Open
            && c.Close < a.Close
            ? -100
            : 0;
    }

    internal static int UpsideGapTwoCrows(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            a.IsWhite
            && a.HasLongBody
            && b.IsBlack
            && b.Body <= b.BodyShort
            && b.GapsUp(a)
            && c.IsBlack
            && c.Open > b.Open
            && c.Close < b.Close
            && c.Close > a.Close
            ? -100
            : 0;
    }

    internal static int ThreeBlackCrows(CandleWindow window, double _)
    {
        ref readonly var before = ref window[3];
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            before.IsWhite
            && IsCrow(a)
            && IsCrow(b)
            && IsCrow(c)
            && b.Open < a.Open
            && b.Open > a.Close
            && c.Open < b.Open
            && c.Open > b.Close
            && before.High > a.Close
            && a.Close > b.Close
            && b.Close > c.Close
            ? -100
            : 0;
    }

    internal static int IdenticalThreeCrows(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            IsCrow(a)
            && IsCrow(b)
            && IsCrow(c)
            && a.Close > b.Close
            && b.Close > c.Close
            && Candle.IsWithin(b.Open, a.Close, a.Equal)
            && Candle.IsWithin(c.Open, b.Close, b.Equal)
            ? -100
            : 0;
    }

    internal static int ThreeWhiteSoldiers(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            Climb(a, b, c)
            && a.Upper < a.ShadowVeryShort
            && b.Upper < b.ShadowVeryShort
            && c.Upper < c.ShadowVeryShort
            && b.Body > a.Body - a.Far
            && c.Body > b.Body - b.Far
            && c.Body > c.BodyShort
            ? 100
            : 0;
    }

    /// <summary>Three white bars that climb with less and less strength.</summary>
    internal static int AdvanceBlock(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        if (!(Climb(a, b, c) && a.HasLongBody && a.Upper < a.ShadowShort))
        {
            return 0;
        }

        var secondIsFarSmaller = b.Body < a.Body - a.Far && c.Body < b.Body + b.Near;
        var thirdIsFarSmaller = c.Body < b.Body - b.Far;
        var shrink = c.Body < b.Body && b.Body < a.Body && (c.Upper > c.ShadowShort || b.Upper > b.ShadowShort);
        var thirdIsRefused = c.Body < b.Body && c.Upper > c.ShadowLong;
        return secondIsFarSmaller || thirdIsFarSmaller || shrink || thirdIsRefused ? -100 : 0;
    }

    internal static int Stalled(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            a.IsWhite
            && b.IsWhite
            && c.IsWhite
            && c.Close > b.Close
            && b.Close > a.Close
            && a.HasLongBody
            && b.HasLongBody
            && b.Upper < b.ShadowVeryShort
            && b.Open > a.Open
            && b.Open <= a.Close + a.Near
            && c.Body < c.BodyShort
            && c.Open >= b.Close - c.Body - b.Near
            ? -100
            : 0;
    }

    private static bool IsCrow(in Candle c) => c.IsBlack && c.Lower < c.ShadowVeryShort;

    /// <summary>Three white bars, each closing higher and opening within or near the body before.</summary>
    private static bool Climb(in Candle a, in Candle b, in Candle c) =>
        a.IsWhite
        && b.IsWhite
        && c.IsWhite
        && c.Close > b.Close
        && b.Close > a.Close
        && b.Open > a.Open
        && b.Open <= a.Close + a.Near
        && c.Open > b.Open
        && c.Open <= b.Close + b.Near;
}
