namespace AITrader.Markets.Patterns;

/// <summary>The detectors there are, in the order in which they look at a tick.</summary>
public static class PatternCatalogue
{
    /// <summary>Index of ema_cross.</summary>
    public const int EmaCross = 0;

    /// <summary>Index of vwap_deviation.</summary>
    public const int VwapDeviation = 1;

    /// <summary>Index of breakout.</summary>
    public const int Breakout = 2;

    /// <summary>Number of detectors: the most that one tick can bring.</summary>
    public const int Count = 3;

    /// <summary>Most evidence values of one detection.</summary>
    public const int MaxEvidence = 4;

    private static readonly string[] PatternNames = ["ema_cross", "vwap_deviation", "breakout"];

    private static readonly string[][] EvidenceNames =
    [
        ["ema_fast", "ema_slow", "band", "distance_bps"],
        ["vwap", "std_dev", "z"],
        ["channel_high", "channel_low", "excess", "width_bps"],
    ];

    /// <summary>Names, as messages carry them.</summary>
    public static IReadOnlyList<string> Names => PatternNames;

    /// <summary>Names of a detector's evidence values.</summary>
    public static IReadOnlyList<string> Evidence(int pattern) => EvidenceNames[pattern];
}
