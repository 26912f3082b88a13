using AITrader.Markets.Patterns.Candlesticks;

namespace AITrader.Markets.Patterns;

/// <summary>The registry: every pattern there is, in the order in which a tick's detections are reported.</summary>
public static class PatternCatalogue
{
    /// <summary>Index of ema_cross.</summary>
    public const int EmaCross = 0;

    /// <summary>Index of vwap_deviation.</summary>
    public const int VwapDeviation = 1;

    /// <summary>Index of breakout.</summary>
    public const int Breakout = 2;

    /// <summary>Index of the first candlestick pattern.</summary>
    public const int Candlesticks = 3;

    /// <summary>Number of patterns: the most that one tick can bring.</summary>
    public const int Count = Candlesticks + 61;

    /// <summary>What the names of candlestick patterns begin with; TA-Lib's name follows.</summary>
    public const string CandlePrefix = "cdl_";

    /// <summary>Most evidence values of one detection.</summary>
    public const int MaxEvidence = 6;

    private static readonly PatternDefinition[] Definitions = Build();
    private static readonly string[] PatternNames = Array.ConvertAll(Definitions, static definition => definition.Name);

    /// <summary>Every pattern, by index.</summary>
    public static IReadOnlyList<PatternDefinition> All => Definitions;

    /// <summary>Names, as messages carry them.</summary>
    public static IReadOnlyList<string> Names => PatternNames;

    /// <summary>Names of a detector's evidence values.</summary>
    public static IReadOnlyList<string> Evidence(int pattern) => Definitions[pattern].Evidence;

    /// <summary>Index of a pattern; -1 where there is none of that name.</summary>
    public static int Find(string name) => Array.IndexOf(PatternNames, name);

    private static PatternDefinition[] Build()
    {
        PatternDefinition[] all = [.. TradePatterns.All, .. CandlePatterns.Definitions];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Index != i || all.Length != Count || all[i].Evidence.Count > MaxEvidence)
            {
                throw new InvalidOperationException($"{all[i].Name} is not in its place.");
            }
        }

        return all;
    }
}
