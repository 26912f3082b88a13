using AITrader.Signals.Patterns;

namespace AITrader.Backend.Api;

/// <summary>A pattern that there is, as the registry has it; settings of the pattern engine may give its parameters other values.</summary>
public sealed record PatternResponse(
    string Name,
    string Family,
    string Input,
    bool IsNeutral,
    string Summary,
    string Source,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<PatternParameterResponse> Parameters
)
{
    internal static PatternResponse From(PatternDefinition pattern) =>
        new(
            pattern.Name,
            pattern.Family.Name(),
            pattern.Input == PatternInput.Tick ? "tick" : "bar",
            pattern.IsNeutral,
            pattern.Summary,
            pattern.Source,
            pattern.Evidence,
            [.. pattern.Parameters.Select(PatternParameterResponse.From)]
        );
}

/// <summary>A parameter, its default and what it may be.</summary>
public sealed record PatternParameterResponse(string Name, string Unit, double Default, double Least, double Most, string Meaning)
{
    internal static PatternParameterResponse From(PatternParameter parameter) =>
        new(parameter.Name, UnitOf(parameter.Unit), parameter.Default, parameter.Min, parameter.Max, parameter.Meaning);

    private static string UnitOf(ParameterUnit unit) =>
        unit switch
        {
            ParameterUnit.Count => "count",
            ParameterUnit.Seconds => "seconds",
            ParameterUnit.BasisPoints => "bps",
            _ => "number",
        };
}
