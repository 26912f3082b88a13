namespace AITrader.Signals.Patterns;

/// <summary>Unit of a parameter's value.</summary>
public enum ParameterUnit : byte
{
    /// <summary>A whole number of trades, quotes, bars or pivots; the meaning says which.</summary>
    Count,

    /// <summary>Seconds of event time.</summary>
    Seconds,

    /// <summary>Basis points of the price.</summary>
    BasisPoints,

    /// <summary>A plain number.</summary>
    Number,
}

/// <summary>One value that settings may change.</summary>
/// <param name="Name">Name below the pattern's.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Default">Value where nothing is set.</param>
/// <param name="Min">Lowest value taken.</param>
/// <param name="Max">Highest value taken.</param>
/// <param name="Meaning">What it does, in a few words.</param>
public sealed record PatternParameter(string Name, ParameterUnit Unit, double Default, double Min, double Max, string Meaning)
{
    /// <summary>Name of the least event time between two signals, which every pattern has.</summary>
    public const string Cooldown = "Cooldown";

    /// <summary>Name of the time or number of bars that a signal speaks of, which every pattern has.</summary>
    public const string Horizon = "Horizon";

    /// <summary>Another parameter of the pattern that this one must not lie below.</summary>
    public string? NotBelow { get; init; }

    /// <summary>Another parameter of the pattern that this one must lie above.</summary>
    public string? Above { get; init; }

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public string? FindProblem(double value)
    {
        if (!(value >= Min && value <= Max))
        {
            return string.Create(null, $"{value} is not in {Min} to {Max}");
        }

        return Unit == ParameterUnit.Count && value != Math.Floor(value) ? string.Create(null, $"{value} is not a whole number") : null;
    }
}

/// <summary>Makes a detector with the values of its parameters.</summary>
internal delegate Detector DetectorFactory(PatternValues values);

/// <summary>What there is to know about a pattern without running it.</summary>
public sealed record PatternDefinition
{
    internal const string Own = "docs/formulas.md";
    internal const string EdwardsMagee = "R. Edwards, J. Magee, 1948; docs/formulas.md";

    private const double Day = 86_400;

    /// <summary>Place in the catalogue that holds it; -1 in none.</summary>
    public int Index { get; init; } = -1;

    /// <summary>Name, as signals carry it.</summary>
    public required string Name { get; init; }

    /// <summary>Its family.</summary>
    public required PatternFamily Family { get; init; }

    /// <summary>Ticks or bars.</summary>
    public required PatternInput Input { get; init; }

    /// <summary>Makes the detector of one symbol; null where the pattern is found in another way.</summary>
    internal DetectorFactory? Create { get; init; }

    /// <summary>Its parameter that is the length, in trades, of the price channel which every symbol keeps; null where it reads none.
    /// At most one pattern of a catalogue has one.</summary>
    internal string? ChannelParameter { get; init; }

    /// <summary>Whether it points nowhere: it is found, but no signal is made of it.</summary>
    public bool IsNeutral { get; init; }

    /// <summary>Names of the values that a detection brings.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Its parameters; the last two are cool-down (seconds) and horizon (seconds, or bars where the input is bars).</summary>
    public required IReadOnlyList<PatternParameter> Parameters { get; init; }

    /// <summary>What it looks for, in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>Where its definition comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The two parameters that every pattern of ticks has.</summary>
    internal static PatternParameter[] TickEnds(double cooldown, double horizon) =>
        [Cooldown(cooldown), new(PatternParameter.Horizon, ParameterUnit.Seconds, horizon, 0, Day, "event time that a signal speaks of")];

    /// <summary>The two parameters that every pattern of bars has.</summary>
    internal static PatternParameter[] BarEnds(double cooldown, double horizon) =>
        [Cooldown(cooldown), new(PatternParameter.Horizon, ParameterUnit.Count, horizon, 0, 10_000, "bars that a signal speaks of")];

    /// <summary>Place of a parameter; -1 where there is none of that name. Upper and lower case do not matter.</summary>
    public int Find(string parameter)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (string.Equals(Parameters[i].Name, parameter, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static PatternParameter Cooldown(double seconds) =>
        new(PatternParameter.Cooldown, ParameterUnit.Seconds, seconds, 0, Day, "least event time between two signals of one symbol");
}
