using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>Three bars <c>a</c>, <c>b</c>, <c>c</c>: a long one, a small one beside it, and one that takes back a part of the
/// first.</summary>
internal static class StarCandles
{
    internal static CandlePattern[] All { get; } =
    [
        new("ABANDONEDBABY", 12, AbandonedBaby, "a doji with a gap on both sides", Penetration: 0.3),
        new("EVENINGDOJISTAR", 12, EveningDoji, "evening star with a doji", Penetration: 0.3),
        new("EVENINGSTAR", 12, Evening, "long white, a small body above it, a black one that closes deep in the first", Penetration: 0.3),
        new("MORNINGDOJISTAR", 12, MorningDoji, "morning star with a doji", Penetration: 0.3),
        new("MORNINGSTAR", 12, Morning, "long black, a small body below it, a white one that closes high in the first", Penetration: 0.3),
        new("TRISTAR", 12, Tristar, "three doji, the second beyond the others"),
    ];

    internal static int Morning(CandleWindow window, double penetration) =>
        window[1].Body <= window[1].BodyShort && Turns(window, penetration, up: true) ? 100 : 0;

    internal static int MorningDoji(CandleWindow window, double penetration) =>
        window[1].HasDojiBody && Turns(window, penetration, up: true) ? 100 : 0;

    internal static int Evening(CandleWindow window, double penetration) =>
        window[1].Body <= window[1].BodyShort && Turns(window, penetration, up: false) ? -100 : 0;

    internal static int EveningDoji(CandleWindow window, double penetration) =>
        window[1].HasDojiBody && Turns(window, penetration, up: false) ? -100 : 0;

    /// <summary>The bar in the middle stands alone, shadows and all.</summary>
    internal static int AbandonedBaby(CandleWindow window, double penetration)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        if (!(a.HasLongBody && b.HasDojiBody && c.Body > c.BodyShort))
        {
            return 0;
        }

        if (a.IsWhite)
        {
            return c.IsBlack && c.Close < a.Close - (a.Body * penetration) && b.Low > a.High && c.High < b.Low ? -100 : 0;
        }

        return c.IsWhite && c.Close > a.Close + (a.Body * penetration) && b.High < a.Low && c.Low > b.High ? 100 : 0;
    }

    internal static int Tristar(CandleWindow window, double _)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        if (!(a.Body <= a.BodyDoji && b.Body <= a.BodyDoji && c.Body <= a.BodyDoji))
        {
            return 0;
        }

        return b.GapsUp(a) && c.Top < b.Top ? -100
            : b.GapsDown(a) && c.Bottom > b.Bottom ? 100
            : 0;
    }

    private static bool Turns(CandleWindow window, double penetration, bool up)
    {
        ref readonly var a = ref window[2];
        ref readonly var b = ref window[1];
        ref readonly var c = ref window[0];
        if (!(a.HasLongBody && c.Body > c.BodyShort && a.IsBlack == up && c.IsWhite == up))
        {
            return false;
        }

        return up ? b.GapsDown(a) && c.Close > a.Close + (a.Body * penetration) : b.GapsUp(a) && c.Close < a.Close - (a.Body * penetration);
    }
}
