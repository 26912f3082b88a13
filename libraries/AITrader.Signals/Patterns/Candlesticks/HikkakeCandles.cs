using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>A false break out of an inside bar: 100 or -100 when it appears, 200 or -200 when one of the next three bars confirms
/// it.</summary>
/// <remarks>
/// TA-Lib keeps the last one in a variable. The same follows from the bars: what can be confirmed is the latest of the three bars before at
/// which one appeared,
/// unless a bar since has confirmed it.
/// </remarks>
internal static class HikkakeCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("HIKKAKE", 5, Hikkake, "an inside bar whose break turns out false; twice the value when confirmed"),
        new("HIKKAKEMOD", 10, HikkakeModified, "hikkake after two inside bars; twice the value when confirmed"),
    ];

    private const int MaxConfirmationBars = 3;

    internal static int Hikkake(CandleWindow window, double _) => Find(window, modified: false);

    internal static int HikkakeModified(CandleWindow window, double _) => Find(window, modified: true);

    private static int Find(CandleWindow window, bool modified)
    {
        if (Appears(window, 0, modified) is not 0 and var now)
        {
            return now;
        }

        for (var ago = 1; ago <= MaxConfirmationBars; ago++)
        {
            if (Appears(window, ago, modified) is not 0 and var then)
            {
                return IsConfirmedFirst(window, ago, then) ? 2 * then : 0;
            }
        }

        return 0;
    }

    private static int Appears(CandleWindow window, int ago, bool modified)
    {
        if (window.Count - ago < (modified ? 4 : 3))
        {
            return 0;
        }

        ref readonly var outer = ref window[ago + 2];
        ref readonly var inner = ref window[ago + 1];
        ref readonly var last = ref window[ago];
        if (!IsInside(inner, outer))
        {
            return 0;
        }

        var isDown = last.High < inner.High && last.Low < inner.Low;
        var isUp = last.High > inner.High && last.Low > inner.Low;
        if (modified)
        {
            var inRow = IsInside(outer, window[ago + 3]);
            isDown &= inRow && outer.Close <= outer.Low + outer.Near;
            isUp &= inRow && outer.Close >= outer.High - outer.Near;
        }

        return isDown ? 100
            : isUp ? -100
            : 0;
    }

    private static bool IsConfirmedFirst(CandleWindow window, int ago, int pattern)
    {
        for (var i = ago - 1; i > 0; i--)
        {
            if (Confirms(window[i], window[ago + 1], pattern))
            {
                return false;
            }
        }

        return Confirms(window[0], window[ago + 1], pattern);
    }

    private static bool Confirms(in Candle candle, in Candle inner, int pattern) =>
        pattern > 0 ? candle.Close > inner.High : candle.Close < inner.Low;

    private static bool IsInside(in Candle inner, in Candle outer) => inner.High < outer.High && inner.Low > outer.Low;
}
