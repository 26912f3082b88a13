namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>TA-Lib's 61 candlestick patterns, in its alphabetical order.</summary>
internal static class CandlePatterns
{
    internal static CandlePattern[] All { get; } =
    [
        .. new[]
        {
            CrowCandles.All,
            DojiCandles.All,
            HammerCandles.All,
            HikkakeCandles.All,
            LongCandles.All,
            NeckCandles.All,
            PairCandles.All,
            SingleCandles.All,
            StarCandles.All,
            TripleCandles.All,
        }
            .SelectMany(static family => family)
            .OrderBy(static pattern => pattern.Name, StringComparer.Ordinal),
    ];

    /// <summary>What the registry needs of them.</summary>
    internal static IEnumerable<PatternDefinition> Definitions => All.Select(static pattern => pattern.Definition);
}
