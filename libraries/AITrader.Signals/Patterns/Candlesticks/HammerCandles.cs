using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>A small body with one long shadow, after another bar.</summary>
internal static class HammerCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("HAMMER", 11, Hammer, "a small body over a long lower shadow, near the low before"),
        new("HANGINGMAN", 11, HangingMan, "a small body over a long lower shadow, near the high before"),
        new("INVERTEDHAMMER", 11, InvertedHammer, "a small body under a long upper shadow, below the body before"),
        new("SHOOTINGSTAR", 11, ShootingStar, "a small body under a long upper shadow, above the body before"),
    ];

    internal static int Hammer(CandleWindow window, double _) =>
        HangsBelow(window[0]) && window[0].Bottom <= window[1].Low + window[1].Near ? 100 : 0;

    internal static int HangingMan(CandleWindow window, double _) =>
        HangsBelow(window[0]) && window[0].Bottom >= window[1].High - window[1].Near ? -100 : 0;

    internal static int InvertedHammer(CandleWindow window, double _) => StandsAbove(window[0]) && window[0].GapsDown(window[1]) ? 100 : 0;

    internal static int ShootingStar(CandleWindow window, double _) => StandsAbove(window[0]) && window[0].GapsUp(window[1]) ? -100 : 0;

    private static bool HangsBelow(in Candle c) => c.Body < c.BodyShort && c.Lower > c.ShadowLong && c.Upper < c.ShadowVeryShort;

    private static bool StandsAbove(in Candle c) => c.Body < c.BodyShort && c.Upper > c.ShadowLong && c.Lower < c.ShadowVeryShort;
}
