using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>What formations of pivots have in common.</summary>
/// <param name="Tolerance">How far like pivots may be apart, as a part of the height.</param>
/// <param name="MinHeightAtr">Least height, in average true ranges.</param>
/// <param name="MaxBars">Bars after the last pivot within which it must be confirmed.</param>
internal sealed record FormationRules(double Tolerance, double MinHeightAtr, int MaxBars)
{
    internal static FormationRules Of(PatternValues values) => new(values["Tolerance"], values["MinHeightAtr"], values.Count("MaxBars"));

    /// <summary>Their definitions, and the two parameters that every pattern of bars has.</summary>
    internal static PatternParameter[] Parameters(double tolerance, string meaning, double minHeightAtr, double maxBars) =>
        [
            new("Tolerance", ParameterUnit.Number, tolerance, 0, 1, $"{meaning}, as a part of the height"),
            new("MinHeightAtr", ParameterUnit.Number, minHeightAtr, 0, 1000, "least height, in average true ranges"),
            new(
                "MaxBars",
                ParameterUnit.Count,
                maxBars,
                1,
                BarSeries.MaxBars,
                "bars after its last pivot within which it must be confirmed"
            ),
            .. PatternDefinition.BarEnds(cooldown: 300, horizon: 20),
        ];

    /// <summary>Half for how like the pivots are, half for how high the formation is.</summary>
    internal double Score(double apart, double height, double atr)
    {
        var likeness = Tolerance * height > 0 ? 1.0 - Math.Min(1.0, apart / (Tolerance * height)) : 1.0;
        return (0.5 * likeness) + (0.5 * SignalScore.Saturate(height, MinHeightAtr * atr));
    }
}
