using AITrader.Signals.Patterns.PriceAction;

namespace AITrader.Signals.Patterns;

/// <summary>Definitions of the patterns of bars that are no candlesticks.</summary>
internal static class BarDefinitions
{
    private const int MostBars = BarSeries.MostBars;
    private const string EdwardsMagee = "R. Edwards, J. Magee, 1948; docs/formulas.md";

    /// <summary>Names of the parameters that say how many bars before the last a pattern reads.</summary>
    private static readonly string[] Lookbacks = ["Lookback", "PoleBars"];

    internal static PatternDefinition[] All { get; } =
    [
        new()
        {
            Index = PatternCatalogue.MacdCross,
            Name = "macd_cross",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Bar,
            Evidence = ["line", "signal", "histogram", "atr"],
            Summary = "the MACD line of closes crossed its signal line by more than a band",
            Source = "G. Appel; docs/formulas.md",
            Parameters =
            [
                new("Fast", ParameterUnit.Count, 12, 1, 1000, "bars of the fast average"),
                new("Slow", ParameterUnit.Count, 26, 2, 1000, "bars of the slow average") { Above = "Fast" },
                new("Signal", ParameterUnit.Count, 9, 1, 1000, "bars of the signal line"),
                new("BandAtr", ParameterUnit.Number, 0.02, 0, 1000, "distance that confirms a cross, in average true ranges"),
                new("ScoreAtr", ParameterUnit.Number, 0.1, 0, 1000, "distance at which the score is one half, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.RsiDivergence,
            Name = "rsi_divergence",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Bar,
            Evidence = ["first_price", "second_price", "first_rsi", "second_rsi", "bars"],
            Summary = "a higher pivot high at a lower RSI, or a lower pivot low at a higher RSI",
            Source = "J. W. Wilder, 1978; docs/formulas.md",
            Parameters =
            [
                new("MinRsi", ParameterUnit.Number, 5, 0, 100, "least difference of the RSI"),
                new("Zone", ParameterUnit.Number, 10, 0, 50, "least distance of the first RSI from 50"),
                new("MaxBars", ParameterUnit.Count, 60, 1, 10_000, "most bars between the pivots"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Breakdown,
            Name = "breakdown",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["channel_low", "width", "excess", "atr"],
            Summary = "a bar closed below the lows of the bars before it",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 20, 2, MostBars, "bars of the channel"),
                new("MinWidthAtr", ParameterUnit.Number, 1.0, 0, 1000, "least width of the channel, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.DoubleTop,
            Name = "double_top",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["first", "second", "neckline", "height", "atr"],
            Summary = "two like tops, and a close below the trough between them",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.25, 0, 1, "how far the two may be apart, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.0, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 30, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.DoubleBottom,
            Name = "double_bottom",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["first", "second", "neckline", "height", "atr"],
            Summary = "two like bottoms, and a close above the peak between them",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.25, 0, 1, "how far the two may be apart, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.0, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 30, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.HeadAndShoulders,
            Name = "head_and_shoulders",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["left", "head", "right", "neckline", "height", "atr"],
            Summary = "three tops, the middle one highest, and a close below the line through the troughs",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.35, 0, 1, "how far the shoulders may be apart, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.5, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 30, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.InverseHeadAndShoulders,
            Name = "inverse_head_and_shoulders",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["left", "head", "right", "neckline", "height", "atr"],
            Summary = "three bottoms, the middle one lowest, and a close above the line through the peaks",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.35, 0, 1, "how far the shoulders may be apart, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.5, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 30, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.AscendingTriangle,
            Name = "ascending_triangle",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["upper", "lower", "height", "excess", "atr"],
            Summary = "level highs, rising lows, and a close above",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.2, 0, 1, "what still is level, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.0, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 20, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.DescendingTriangle,
            Name = "descending_triangle",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["upper", "lower", "height", "excess", "atr"],
            Summary = "falling highs, level lows, and a close below",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.2, 0, 1, "what still is level, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.0, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 20, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.SymmetricTriangle,
            Name = "symmetric_triangle",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["upper", "lower", "height", "excess", "atr"],
            Summary = "falling highs, rising lows, and a close beyond either line",
            Source = EdwardsMagee,
            Parameters =
            [
                new("Tolerance", ParameterUnit.Number, 0.2, 0, 1, "what still is level, as a part of the height"),
                new("MinHeightAtr", ParameterUnit.Number, 2.0, 0, 1000, "least height, in average true ranges"),
                new("MaxBars", ParameterUnit.Count, 20, 1, MostBars, "bars after its last pivot within which it must be confirmed"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
            ],
        },
        new()
        {
            Index = PatternCatalogue.BullFlag,
            Name = "bull_flag",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["pole", "edge", "far_edge", "retrace", "excess", "atr"],
            Summary = "a rise, a rest that takes back little of it, and a close above the rest",
            Source = EdwardsMagee,
            Parameters =
            [
                new("PoleBars", ParameterUnit.Count, 5, 1, MostBars, "bars of the pole"),
                new("PoleAtr", ParameterUnit.Number, 3.0, 0.01, 1000, "least length of the pole, in average true ranges"),
                new("MaxRetrace", ParameterUnit.Number, 0.5, 0, 1, "most height of the rest, as a part of the pole"),
                new("MinBars", ParameterUnit.Count, 3, 1, 1000, "least bars of the rest"),
                new("MaxBars", ParameterUnit.Count, 15, 1, 1000, "most bars of the rest") { NotBelow = "MinBars" },
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.BearFlag,
            Name = "bear_flag",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["pole", "edge", "far_edge", "retrace", "excess", "atr"],
            Summary = "a fall, a rest that takes back little of it, and a close below the rest",
            Source = EdwardsMagee,
            Parameters =
            [
                new("PoleBars", ParameterUnit.Count, 5, 1, MostBars, "bars of the pole"),
                new("PoleAtr", ParameterUnit.Number, 3.0, 0.01, 1000, "least length of the pole, in average true ranges"),
                new("MaxRetrace", ParameterUnit.Number, 0.5, 0, 1, "most height of the rest, as a part of the pole"),
                new("MinBars", ParameterUnit.Count, 3, 1, 1000, "least bars of the rest"),
                new("MaxBars", ParameterUnit.Count, 15, 1, 1000, "most bars of the rest") { NotBelow = "MinBars" },
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Gap,
            Name = "gap",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["from", "to", "gap", "atr"],
            Summary = "a bar that lies wholly above or below the one before",
            Source = EdwardsMagee,
            Parameters =
            [
                new("MinAtr", ParameterUnit.Number, 0.5, 0, 1000, "least gap, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Range,
            Name = "range",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Evidence = ["high", "low", "touches_high", "touches_low", "atr"],
            Summary = "a sideways movement whose edge is touched once more",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 30, 2, MostBars, "bars of the range"),
                new("MaxHeightAtr", ParameterUnit.Number, 5.0, 0.01, 1000, "most height, in average true ranges"),
                new("Edge", ParameterUnit.Number, 0.1, 0, 0.25, "width of an edge, as a part of the height"),
                new("MinTouches", ParameterUnit.Count, 2, 1, 1000, "bars that must have touched each edge"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        },
    ];

    /// <summary>Bars before the last that the patterns which run ask for.</summary>
    internal static int LookbackOf(PatternParameters parameters)
    {
        var longest = 1;
        foreach (var definition in All.Where(definition => parameters.Running.Contains(definition.Index)))
        {
            foreach (var name in Lookbacks.Where(name => definition.Find(name) >= 0))
            {
                longest = Math.Max(longest, (int)parameters.Read(definition.Index, name));
            }
        }

        return longest;
    }
}
