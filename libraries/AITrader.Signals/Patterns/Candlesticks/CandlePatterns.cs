namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>TA-Lib's 61 candlestick patterns, in its alphabetical order.</summary>
internal static class CandlePatterns
{
    private const double Stars = 0.3;
    private const double Half = 0.5;

    internal static CandlePattern[] All { get; } =
    [
        new("2CROWS", 12, CrowCandles.TwoCrows, "a long white bar, a black one above it, a black one that closes into the white body"),
        new(
            "3BLACKCROWS",
            13,
            CrowCandles.ThreeBlackCrows,
            "three black bars down, each opening within the body before, after a white one"
        ),
        new("3INSIDE", 12, TripleCandles.ThreeInside, "harami, confirmed by the third bar"),
        new("3LINESTRIKE", 8, LongCandles.ThreeLineStrike, "three bars of one colour, and one that takes them all back"),
        new("3OUTSIDE", 3, TripleCandles.ThreeOutside, "engulfing, confirmed by the third bar"),
        new("3STARSINSOUTH", 12, TripleCandles.ThreeStarsInSouth, "three ever smaller black bars, each within the range before"),
        new("3WHITESOLDIERS", 12, CrowCandles.ThreeWhiteSoldiers, "three long white bars up with hardly any upper shadow"),
        new("ABANDONEDBABY", 12, StarCandles.AbandonedBaby, "a doji with a gap on both sides", Penetration: Stars),
        new("ADVANCEBLOCK", 12, CrowCandles.AdvanceBlock, "three white bars up that grow weak"),
        new("BELTHOLD", 10, SingleCandles.BeltHold, "a long body that opens at its extreme"),
        new("BREAKAWAY", 14, LongCandles.Breakaway, "a gap in the trend, and a fifth bar that closes into it"),
        new("CLOSINGMARUBOZU", 10, SingleCandles.ClosingMarubozu, "a long body that closes at its extreme"),
        new("CONCEALBABYSWALL", 13, LongCandles.ConcealedBabySwallow, "four black bars, the last of which covers the third"),
        new("COUNTERATTACK", 11, PairCandles.Counterattack, "two long bars of opposite colour that close alike"),
        new(
            "DARKCLOUDCOVER",
            11,
            PairCandles.DarkCloudCover,
            "a black bar that opens above the high and closes deep in a long white body",
            Penetration: Half
        ),
        new("DOJI", 10, DojiCandles.Doji, "hardly any body", IsNeutral: true),
        new("DOJISTAR", 11, PairCandles.DojiStar, "a doji beyond a long body"),
        new("DRAGONFLYDOJI", 10, DojiCandles.Dragonfly, "a doji with a lower shadow only", IsNeutral: true),
        new("ENGULFING", 2, PairCandles.Engulfing, "a body that covers the one before of the other colour"),
        new("EVENINGDOJISTAR", 12, StarCandles.EveningDoji, "evening star with a doji", Penetration: Stars),
        new(
            "EVENINGSTAR",
            12,
            StarCandles.Evening,
            "long white, a small body above it, a black one that closes deep in the first",
            Penetration: Stars
        ),
        new("GAPSIDESIDEWHITE", 7, TripleCandles.GapSideBySideWhite, "two like white bars beyond a gap"),
        new("GRAVESTONEDOJI", 10, DojiCandles.Gravestone, "a doji with an upper shadow only", IsNeutral: true),
        new("HAMMER", 11, HammerCandles.Hammer, "a small body over a long lower shadow, near the low before"),
        new("HANGINGMAN", 11, HammerCandles.HangingMan, "a small body over a long lower shadow, near the high before"),
        new("HARAMI", 11, PairCandles.Harami, "a small body within a long one"),
        new("HARAMICROSS", 11, PairCandles.HaramiCross, "a doji within a long body"),
        new("HIGHWAVE", 10, SingleCandles.HighWave, "a small body between two very long shadows", IsNeutral: true),
        new("HIKKAKE", 5, HikkakeCandles.Hikkake, "an inside bar whose break turns out false; twice the value when confirmed"),
        new("HIKKAKEMOD", 10, HikkakeCandles.HikkakeModified, "hikkake after two inside bars; twice the value when confirmed"),
        new("HOMINGPIGEON", 11, PairCandles.HomingPigeon, "a small black body within a long black one"),
        new("IDENTICAL3CROWS", 12, CrowCandles.IdenticalThreeCrows, "three black bars down, each opening at the close before"),
        new("INNECK", 11, NeckCandles.InNeck, "a white bar that closes just within a long black body"),
        new("INVERTEDHAMMER", 11, HammerCandles.InvertedHammer, "a small body under a long upper shadow, below the body before"),
        new("KICKING", 11, PairCandles.Kicking, "two marubozu of opposite colour with a gap"),
        new("KICKINGBYLENGTH", 11, PairCandles.KickingByLength, "kicking, with the direction of the longer bar"),
        new("LADDERBOTTOM", 14, LongCandles.LadderBottom, "four black bars down, and a white one above the fourth"),
        new("LONGLEGGEDDOJI", 10, DojiCandles.LongLegged, "a doji with a long shadow", IsNeutral: true),
        new("LONGLINE", 10, SingleCandles.LongLine, "a long body between short shadows"),
        new("MARUBOZU", 10, SingleCandles.Marubozu, "a long body with hardly any shadow"),
        new("MATCHINGLOW", 6, PairCandles.MatchingLow, "two black bars that close alike"),
        new(
            "MATHOLD",
            14,
            LongCandles.MatHold,
            "long white, three small bars that hold above, a white one to a new high",
            Penetration: Half
        ),
        new("MORNINGDOJISTAR", 12, StarCandles.MorningDoji, "morning star with a doji", Penetration: Stars),
        new(
            "MORNINGSTAR",
            12,
            StarCandles.Morning,
            "long black, a small body below it, a white one that closes high in the first",
            Penetration: Stars
        ),
        new("ONNECK", 11, NeckCandles.OnNeck, "a white bar that closes at the low of a long black one"),
        new("PIERCING", 11, NeckCandles.Piercing, "a long white bar that closes above the middle of a long black body"),
        new("RICKSHAWMAN", 10, DojiCandles.RickshawMan, "a long-legged doji with its body in the middle", IsNeutral: true),
        new(
            "RISEFALL3METHODS",
            14,
            LongCandles.RiseFallThreeMethods,
            "a long bar, three small ones against it within its range, a long one on"
        ),
        new("SEPARATINGLINES", 11, PairCandles.SeparatingLines, "a long bar that opens where the one of the other colour did"),
        new("SHOOTINGSTAR", 11, HammerCandles.ShootingStar, "a small body under a long upper shadow, above the body before"),
        new("SHORTLINE", 10, SingleCandles.ShortLine, "a short body between short shadows", IsNeutral: true),
        new("SPINNINGTOP", 10, SingleCandles.SpinningTop, "a small body between longer shadows", IsNeutral: true),
        new("STALLEDPATTERN", 12, CrowCandles.Stalled, "two long white bars up, and a small one on top"),
        new("STICKSANDWICH", 7, TripleCandles.StickSandwich, "a white bar between two black ones that close alike"),
        new("TAKURI", 10, DojiCandles.Takuri, "a dragonfly doji with a very long shadow", IsNeutral: true),
        new("TASUKIGAP", 7, TripleCandles.TasukiGap, "a bar that closes into the gap of the two before, without filling it"),
        new("THRUSTING", 11, NeckCandles.Thrusting, "a white bar that closes below the middle of a long black body"),
        new("TRISTAR", 12, StarCandles.Tristar, "three doji, the second beyond the others"),
        new("UNIQUE3RIVER", 12, TripleCandles.UniqueThreeRiver, "long black, black to a new low, a small white one"),
        new("UPSIDEGAP2CROWS", 12, CrowCandles.UpsideGapTwoCrows, "two black bars above a long white one, the second covering the first"),
        new("XSIDEGAP3METHODS", 2, TripleCandles.GapThreeMethods, "two bars with a gap, and one that fills it"),
    ];

    /// <summary>Their definitions, from <see cref="PatternCatalogue.Candlesticks"/> on.</summary>
    internal static PatternDefinition[] Definitions =>
        [.. All.Select(static (pattern, i) => pattern.Define(PatternCatalogue.Candlesticks + i))];
}
