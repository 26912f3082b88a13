using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Other patterns of three bars: <c>a</c>, <c>b</c>, <c>c</c>.</summary>
internal static class TripleCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("3INSIDE", 12, ThreeInside, "harami, confirmed by the third bar"),
        new("3OUTSIDE", 3, ThreeOutside, "engulfing, confirmed by the third bar"),
        new("3STARSINSOUTH", 12, ThreeStarsInSouth, "three ever smaller black bars, each within the range before"),
        new("GAPSIDESIDEWHITE", 7, GapSideBySideWhite, "two like white bars beyond a gap"),
        new("STICKSANDWICH", 7, StickSandwich, "a white bar between two black ones that close alike"),
        new("TASUKIGAP", 7, TasukiGap, "a bar that closes into the gap of the two before, without filling it"),
        new("UNIQUE3RIVER", 12, UniqueThreeRiver, "long black, black to a new low, a small white one"),
        new("XSIDEGAP3METHODS", 2, GapThreeMethods, "two bars with a gap, and one that fills it"),
    ];

    internal static int ThreeInside(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        var turns = a.IsWhite ? c.IsBlack && c.Close < a.Open : c.IsWhite && c.Close > a.Open;
        return turns && a.HasLongBody && b.Body <= b.BodyShort && PairCandles.IsInside(b, a) ? -100 * a.Color : 0;
    }

    internal static int ThreeOutside(CandleWindow window, double _)
    {
        ref readonly var b = ref window[1];
        var goesOn = b.IsWhite ? window[0].Close > b.Close : window[0].Close < b.Close;
        return goesOn && PairCandles.Engulfs(b, window[2]) ? 100 * b.Color : 0;
    }

    internal static int ThreeStarsInSouth(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            a.IsBlack
            && b.IsBlack
            && c.IsBlack
            && a.HasLongBody
            && a.Lower > a.ShadowLong
            && b.Body < a.Body
            && b.Open > a.Close
            && b.Open <= a.High
            && b.Low < a.Close
            && b.Low >= a.Low
            && b.Lower > b.ShadowVeryShort
            && c.Body < c.BodyShort
            && c.Lower < c.ShadowVeryShort
            && c.Upper < c.ShadowVeryShort
            && c.Low > b.Low
            && c.High < b.High
            ? 100
            : 0;
    }

    internal static int GapSideBySideWhite(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        var isUp = b.GapsUp(a) && c.GapsUp(a);
        var isDown = b.GapsDown(a) && c.GapsDown(a);
        if (!(isUp || isDown) || !b.IsWhite || !c.IsWhite)
        {
            return 0;
        }

        return c.Body >= b.Body - b.Near && c.Body <= b.Body + b.Near && Candle.IsWithin(c.Open, b.Open, b.Equal) ? (isUp ? 100 : -100) : 0;
    }

    internal static int StickSandwich(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return a.IsBlack && b.IsWhite && c.IsBlack && b.Low > a.Close && Candle.IsWithin(c.Close, a.Close, a.Equal) ? 100 : 0;
    }

    internal static int TasukiGap(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        if (b.Color == c.Color || !(Math.Abs(b.Body - c.Body) < b.Near))
        {
            return 0;
        }

        var isUp = b.IsWhite && b.GapsUp(a) && c.Open < b.Close && c.Open > b.Open && c.Close < b.Open && c.Close > a.Top;
        var isDown = b.IsBlack && b.GapsDown(a) && c.Open < b.Open && c.Open > b.Close && c.Close > b.Open && c.Close < a.Bottom;
        return isUp || isDown ? 100 * b.Color : 0;
    }

    internal static int UniqueThreeRiver(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        return
            a.HasLongBody
            && a.IsBlack
            && b.IsBlack
            && b.Close > a.Close
            && b.Open <= a.Open
            && b.Low < a.Low
            && c.Body < c.BodyShort
            && c.IsWhite
            && c.Open > b.Low
            ? 100
            : 0;
    }

    internal static int GapThreeMethods(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        var fills =
            a.Color == b.Color && b.Color == -c.Color && c.Open < b.Top && c.Open > b.Bottom && c.Close < a.Top && c.Close > a.Bottom;
        return fills && (a.IsWhite ? b.GapsUp(a) : b.GapsDown(a)) ? 100 * a.Color : 0;
    }
}
