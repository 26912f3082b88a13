using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Patterns of four and five bars; <c>a</c> is the oldest.</summary>
internal static class LongCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("3LINESTRIKE", 8, ThreeLineStrike, "three bars of one colour, and one that takes them all back"),
        new("BREAKAWAY", 14, Breakaway, "a gap in the trend, and a fifth bar that closes into it"),
        new("CONCEALBABYSWALL", 13, ConcealedBabySwallow, "four black bars, the last of which covers the third"),
        new("LADDERBOTTOM", 14, LadderBottom, "four black bars down, and a white one above the fourth"),
        new("MATHOLD", 14, MatHold, "long white, three small bars that hold above, a white one to a new high", Penetration: 0.5),
        new("RISEFALL3METHODS", 14, RiseFallThreeMethods, "a long bar, three small ones against it within its range, a long one on"),
    ];

    internal static int ThreeLineStrike(CandleWindow window, double _)
    {
        ref readonly var a = ref window[3];
        ref readonly var b = ref window[2];
        ref readonly var c = ref window[1];
        ref readonly var d = ref window[0];
        if (a.Color != b.Color || b.Color != c.Color || d.Color != -c.Color || !OpensNear(b, a) || !OpensNear(c, b))
        {
            return 0;
        }

        var strikes = c.IsWhite
            ? c.Close > b.Close && b.Close > a.Close && d.Open > c.Close && d.Close < a.Open
            : c.Close < b.Close && b.Close < a.Close && d.Open < c.Close && d.Close > a.Open;
        return strikes ? 100 * c.Color : 0;
    }

    internal static int ConcealedBabySwallow(CandleWindow window, double _)
    {
        ref readonly var a = ref window[3];
        ref readonly var b = ref window[2];
        ref readonly var c = ref window[1];
        ref readonly var d = ref window[0];
        return
            a.IsBlack
            && b.IsBlack
            && c.IsBlack
            && d.IsBlack
            && HasNoShadows(a)
            && HasNoShadows(b)
            && c.GapsDown(b)
            && c.Upper > c.ShadowVeryShort
            && c.High > b.Close
            && d.High > c.High
            && d.Low < c.Low
            ? 100
            : 0;
    }

    internal static int LadderBottom(CandleWindow window, double _)
    {
        ref readonly var a = ref window[4];
        ref readonly var b = ref window[3];
        ref readonly var c = ref window[2];
        ref readonly var d = ref window[1];
        ref readonly var e = ref window[0];
        return
            a.IsBlack
            && b.IsBlack
            && c.IsBlack
            && a.Open > b.Open
            && b.Open > c.Open
            && a.Close > b.Close
            && b.Close > c.Close
            && d.IsBlack
            && d.Upper > d.ShadowVeryShort
            && e.IsWhite
            && e.Open > d.Open
            && e.Close > d.High
            ? 100
            : 0;
    }

    internal static int Breakaway(CandleWindow window, double _)
    {
        ref readonly var a = ref window[4];
        ref readonly var b = ref window[3];
        ref readonly var c = ref window[2];
        ref readonly var d = ref window[1];
        ref readonly var e = ref window[0];
        if (!(a.HasLongBody && a.Color == b.Color && b.Color == d.Color && d.Color == -e.Color))
        {
            return 0;
        }

        var breaks = a.IsBlack
            ? b.GapsDown(a) && Sinks(c, b) && Sinks(d, c) && e.Close > b.Open && e.Close < a.Close
            : b.GapsUp(a) && Rises(c, b) && Rises(d, c) && e.Close < b.Open && e.Close > a.Close;
        return breaks ? 100 * e.Color : 0;
    }

    internal static int RiseFallThreeMethods(CandleWindow window, double _)
    {
        ref readonly var a = ref window[4];
        ref readonly var b = ref window[3];
        ref readonly var c = ref window[2];
        ref readonly var d = ref window[1];
        ref readonly var e = ref window[0];
        var color = a.Color;
        return
            a.HasLongBody
            && IsShort(b)
            && IsShort(c)
            && IsShort(d)
            && e.HasLongBody
            && color == -b.Color
            && b.Color == c.Color
            && c.Color == d.Color
            && d.Color == -e.Color
            && Touches(b, a)
            && Touches(c, a)
            && Touches(d, a)
            && c.Close * color < b.Close * color
            && d.Close * color < c.Close * color
            && e.Open * color > d.Close * color
            && e.Close * color > a.Close * color
            ? 100 * color
            : 0;
    }

    internal static int MatHold(CandleWindow window, double penetration)
    {
        ref readonly var a = ref window[4];
        ref readonly var b = ref window[3];
        ref readonly var c = ref window[2];
        ref readonly var d = ref window[1];
        ref readonly var e = ref window[0];
        var floor = a.Close - (a.Body * penetration);
        return
            a.HasLongBody
            && IsShort(b)
            && IsShort(c)
            && IsShort(d)
            && a.IsWhite
            && b.IsBlack
            && e.IsWhite
            && b.GapsUp(a)
            && c.Bottom < a.Close
            && d.Bottom < a.Close
            && c.Bottom > floor
            && d.Bottom > floor
            && c.Top < b.Open
            && d.Top < c.Top
            && e.Open > d.Close
            && e.Close > Math.Max(Math.Max(b.High, c.High), d.High)
            ? 100
            : 0;
    }

    private static bool OpensNear(in Candle later, in Candle earlier) =>
        later.Open >= earlier.Bottom - earlier.Near && later.Open <= earlier.Top + earlier.Near;

    private static bool HasNoShadows(in Candle c) => c.Lower < c.ShadowVeryShort && c.Upper < c.ShadowVeryShort;

    private static bool IsShort(in Candle c) => c.Body < c.BodyShort;

    private static bool Touches(in Candle c, in Candle first) => c.Bottom < first.High && c.Top > first.Low;

    private static bool Sinks(in Candle later, in Candle earlier) => later.High < earlier.High && later.Low < earlier.Low;

    private static bool Rises(in Candle later, in Candle earlier) => later.High > earlier.High && later.Low > earlier.Low;
}
