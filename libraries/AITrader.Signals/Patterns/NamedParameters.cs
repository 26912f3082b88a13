namespace AITrader.Signals.Patterns;

/// <summary>The parameters of the first three patterns, which <see cref="PatternParameters"/> has as properties, under the names of the
/// registry.</summary>
internal static class NamedParameters
{
    internal delegate PatternParameters Put(PatternParameters given, double value);

    private static readonly Dictionary<(int, string), (Func<PatternParameters, double> Read, Put Put)> Known = new()
    {
        [(PatternCatalogue.EmaCross, "BandBps")] = (static p => p.EmaCrossBandBps, static (p, value) => p with { EmaCrossBandBps = value }),
        [(PatternCatalogue.EmaCross, "ScoreBps")] = (
            static p => p.EmaCrossScoreBps,
            static (p, value) => p with { EmaCrossScoreBps = value }
        ),
        [(PatternCatalogue.EmaCross, "Cooldown")] = (
            static p => p.EmaCrossCooldown.TotalSeconds,
            static (p, value) => p with { EmaCrossCooldown = TimeSpan.FromSeconds(value) }
        ),
        [(PatternCatalogue.VwapDeviation, "Entry")] = (static p => p.VwapEntry, static (p, value) => p with { VwapEntry = value }),
        [(PatternCatalogue.VwapDeviation, "Exit")] = (static p => p.VwapExit, static (p, value) => p with { VwapExit = value }),
        [(PatternCatalogue.VwapDeviation, "Warmup")] = (static p => p.VwapWarmup, static (p, value) => p with { VwapWarmup = (int)value }),
        [(PatternCatalogue.VwapDeviation, "Cooldown")] = (
            static p => p.VwapCooldown.TotalSeconds,
            static (p, value) => p with { VwapCooldown = TimeSpan.FromSeconds(value) }
        ),
        [(PatternCatalogue.Breakout, "Lookback")] = (
            static p => p.BreakoutLookback,
            static (p, value) => p with { BreakoutLookback = (int)value }
        ),
        [(PatternCatalogue.Breakout, "MinWidthBps")] = (
            static p => p.BreakoutMinWidthBps,
            static (p, value) => p with { BreakoutMinWidthBps = value }
        ),
        [(PatternCatalogue.Breakout, "Cooldown")] = (
            static p => p.BreakoutCooldown.TotalSeconds,
            static (p, value) => p with { BreakoutCooldown = TimeSpan.FromSeconds(value) }
        ),
    };

    internal static bool TryRead(PatternParameters given, int pattern, string name, out double value)
    {
        var isKnown = Known.TryGetValue((pattern, name), out var property);
        value = isKnown ? property.Read(given) : 0;
        return isKnown;
    }

    internal static PatternParameters? TryPut(PatternParameters given, int pattern, string name, double value) =>
        Known.TryGetValue((pattern, name), out var property) ? property.Put(given, value) : null;
}
