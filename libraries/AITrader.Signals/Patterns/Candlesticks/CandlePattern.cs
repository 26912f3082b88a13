using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Candlesticks;

/// <summary>A pattern at the last bar: 0, or TA-Lib's value; above 0 is up.</summary>
internal delegate int CandleRule(CandleWindow window, double penetration);

/// <summary>One of TA-Lib's candlestick patterns.</summary>
/// <param name="Name">TA-Lib's name without CDL.</param>
/// <param name="Lookback">Bars before the first that can have a value.</param>
/// <param name="Rule">The rule; asked only after the lookback.</param>
/// <param name="Summary">What it looks for.</param>
/// <param name="IsNeutral">Whether the sign of the value points nowhere.</param>
/// <param name="Penetration">How deep the last bar closes in the first one's body; not a number where the rule does not ask.</param>
internal sealed record CandlePattern(
    string Name,
    int Lookback,
    CandleRule Rule,
    string Summary,
    bool IsNeutral = false,
    double Penetration = double.NaN
)
{
    /// <summary>Name of the parameter of <see cref="Penetration"/>.</summary>
    internal const string PenetrationName = "Penetration";

    /// <summary>What the names of candlestick patterns begin with; TA-Lib's name follows.</summary>
    private const string Prefix = "cdl_";

    private const double CooldownSeconds = 300;
    private const double HorizonBars = 5;

    /// <summary>TA-Lib's value at the last bar; 0 before the lookback.</summary>
    internal int At(CandleWindow window, double penetration) => window.Count > Lookback ? Rule(window, penetration) : 0;

    internal PatternDefinition Definition =>
        new()
        {
            Name = Prefix + Name.ToLowerInvariant(),
            Family = PatternFamily.Candlestick,
            Input = PatternInput.Bar,
            Create = values => new CandleDetector(this, values),
            IsNeutral = IsNeutral,
            Evidence = ["value", "open", "high", "low", "close", "mean_range"],
            Summary = Summary,
            Source = $"TA-Lib, CDL{Name}",
            Parameters = [.. Own(), .. PatternDefinition.BarEnds(CooldownSeconds, HorizonBars)],
        };

    private PatternParameter[] Own() =>
        double.IsNaN(Penetration)
            ? []
            : [new(PenetrationName, ParameterUnit.Number, Penetration, 0, 1, "part of the first body that the last close must take back")];
}
