using AITrader.Signals.Patterns.Candlesticks;

namespace AITrader.Signals.Patterns;

/// <summary>The registry: every pattern there is, in the order in which a tick's detections are reported.</summary>
public static class PatternCatalogue
{
    /// <summary>Index of ema_cross.</summary>
    public const int EmaCross = 0;

    /// <summary>Index of vwap_deviation.</summary>
    public const int VwapDeviation = 1;

    /// <summary>Index of breakout.</summary>
    public const int Breakout = 2;

    /// <summary>Index of z_score.</summary>
    public const int ZScore = 3;

    /// <summary>Index of imbalance_burst.</summary>
    public const int ImbalanceBurst = 4;

    /// <summary>Index of sweep.</summary>
    public const int Sweep = 5;

    /// <summary>Index of absorption.</summary>
    public const int Absorption = 6;

    /// <summary>Index of spread_shock.</summary>
    public const int SpreadShock = 7;

    /// <summary>Index of volume_spike.</summary>
    public const int VolumeSpike = 8;

    /// <summary>Index of macd_cross.</summary>
    public const int MacdCross = 9;

    /// <summary>Index of rsi_divergence.</summary>
    public const int RsiDivergence = 10;

    /// <summary>Index of breakdown.</summary>
    public const int Breakdown = 11;

    /// <summary>Index of double_top.</summary>
    public const int DoubleTop = 12;

    /// <summary>Index of double_bottom.</summary>
    public const int DoubleBottom = 13;

    /// <summary>Index of head_and_shoulders.</summary>
    public const int HeadAndShoulders = 14;

    /// <summary>Index of inverse_head_and_shoulders.</summary>
    public const int InverseHeadAndShoulders = 15;

    /// <summary>Index of ascending_triangle.</summary>
    public const int AscendingTriangle = 16;

    /// <summary>Index of descending_triangle.</summary>
    public const int DescendingTriangle = 17;

    /// <summary>Index of symmetric_triangle.</summary>
    public const int SymmetricTriangle = 18;

    /// <summary>Index of bull_flag.</summary>
    public const int BullFlag = 19;

    /// <summary>Index of bear_flag.</summary>
    public const int BearFlag = 20;

    /// <summary>Index of gap.</summary>
    public const int Gap = 21;

    /// <summary>Index of range.</summary>
    public const int Range = 22;

    /// <summary>Index of the first candlestick pattern.</summary>
    public const int Candlesticks = 23;

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
        PatternDefinition[] all = [.. TradePatterns.All, .. MarketPatterns.All, .. BarDefinitions.All, .. CandlePatterns.Definitions];
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
