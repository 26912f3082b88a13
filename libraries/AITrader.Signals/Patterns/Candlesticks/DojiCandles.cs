using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Patterns of one bar whose body is a line. TA-Lib always gives them 100, which points nowhere.</summary>
internal static class DojiCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("DOJI", 10, Doji, "hardly any body", IsNeutral: true),
        new("DRAGONFLYDOJI", 10, Dragonfly, "a doji with a lower shadow only", IsNeutral: true),
        new("GRAVESTONEDOJI", 10, Gravestone, "a doji with an upper shadow only", IsNeutral: true),
        new("LONGLEGGEDDOJI", 10, LongLegged, "a doji with a long shadow", IsNeutral: true),
        new("RICKSHAWMAN", 10, RickshawMan, "a long-legged doji with its body in the middle", IsNeutral: true),
        new("TAKURI", 10, Takuri, "a dragonfly doji with a very long shadow", IsNeutral: true),
    ];

    internal static int Doji(CandleWindow window, double _) => window[0].HasDojiBody ? 100 : 0;

    internal static int Dragonfly(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasDojiBody && c.Upper < c.ShadowVeryShort && c.Lower > c.ShadowVeryShort ? 100 : 0;
    }

    internal static int Gravestone(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasDojiBody && c.Lower < c.ShadowVeryShort && c.Upper > c.ShadowVeryShort ? 100 : 0;
    }

    internal static int LongLegged(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasDojiBody && (c.Lower > c.ShadowLong || c.Upper > c.ShadowLong) ? 100 : 0;
    }

    internal static int Takuri(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        return c.HasDojiBody && c.Upper < c.ShadowVeryShort && c.Lower > c.ShadowVeryLong ? 100 : 0;
    }

    /// <summary>The body is near the middle of the range.</summary>
    internal static int RickshawMan(CandleWindow window, double _)
    {
        ref readonly var c = ref window[0];
        var middle = c.Low + (c.Range / 2);
        return c.HasDojiBody && c.Lower > c.ShadowLong && c.Upper > c.ShadowLong && c.Bottom <= middle + c.Near && c.Top >= middle - c.Near
            ? 100
            : 0;
    }
}
