namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>What formations of pivots have in common.</summary>
/// <param name="Tolerance">How far like pivots may be apart, as a part of the height.</param>
/// <param name="MinHeightAtr">Least height, in average true ranges.</param>
/// <param name="MaxBars">Bars after the last pivot within which it must be confirmed.</param>
internal sealed record FormationRules(double Tolerance, double MinHeightAtr, int MaxBars)
{
    internal static FormationRules Of(PatternValues values) => new(values["Tolerance"], values["MinHeightAtr"], values.Count("MaxBars"));

    /// <summary>Half for how like the pivots are, half for how high the formation is.</summary>
    internal double Score(double apart, double height, double atr)
    {
        var likeness = Tolerance * height > 0 ? 1.0 - Math.Min(1.0, apart / (Tolerance * height)) : 1.0;
        return (0.5 * likeness) + (0.5 * SignalGate.Saturate(height, MinHeightAtr * atr));
    }
}
