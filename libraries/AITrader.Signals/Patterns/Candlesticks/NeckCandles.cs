using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>A long black bar, then a white one that opens below its low; how far it closes into the black body tells them apart.</summary>
internal static class NeckCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("INNECK", 11, InNeck, "a white bar that closes just within a long black body"),
        new("ONNECK", 11, OnNeck, "a white bar that closes at the low of a long black one"),
        new("PIERCING", 11, Piercing, "a long white bar that closes above the middle of a long black body"),
        new("THRUSTING", 11, Thrusting, "a white bar that closes below the middle of a long black body"),
    ];

    private const double Middle = 0.5;

    internal static int InNeck(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return OpensBelow(a, b) && b.Close <= a.Close + a.Equal && b.Close >= a.Close ? -100 : 0;
    }

    internal static int OnNeck(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return OpensBelow(a, b) && Candle.IsWithin(b.Close, a.Low, a.Equal) ? -100 : 0;
    }

    internal static int Thrusting(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return OpensBelow(a, b) && b.Close > a.Close + a.Equal && b.Close <= a.Close + (a.Body * Middle) ? -100 : 0;
    }

    internal static int Piercing(CandleWindow window, double _)
    {
        ref readonly var a = ref window[1];
        ref readonly var b = ref window[0];
        return OpensBelow(a, b) && b.HasLongBody && b.Close < a.Open && b.Close > a.Close + (a.Body * Middle) ? 100 : 0;
    }

    private static bool OpensBelow(in Candle a, in Candle b) => a.IsBlack && a.HasLongBody && b.IsWhite && b.Open < a.Low;
}
