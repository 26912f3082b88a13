using System.Globalization;

namespace AITrader.Cli.Testing;

/// <summary>How much of the kill suite is run; what is null is as usual.</summary>
/// <param name="Cases">Number of cases.</param>
/// <param name="Seed">What they are drawn by.</param>
/// <param name="Case">The only one to run.</param>
internal sealed record KillSuiteSize(int? Cases, int? Seed, int? Case)
{
    public const int MaxCases = 10_000;

    private const string ResultVariable = "AITRADER_KILL_RESULT";

    /// <summary>The suite as the tests run it.</summary>
    public static KillSuiteSize Usual { get; } = new(null, null, null);

    public bool IsUsual => this == Usual;

    /// <summary>How long it may take beyond what every project may.</summary>
    public TimeSpan Extra => TimeSpan.FromMinutes(Cases ?? 0);

    /// <summary>What the suite's process is told.</summary>
    /// <param name="resultFile">Where it writes what it came to.</param>
    public IReadOnlyDictionary<string, string> Variables(string resultFile) =>
        IsUsual
            ? new Dictionary<string, string>()
            : new (string Name, int? Value)[] { ("AITRADER_KILL_CASES", Cases), ("AITRADER_KILL_SEED", Seed), ("AITRADER_KILL_CASE", Case) }
                .Where(static variable => variable.Value is not null)
                .Select(static variable => KeyValuePair.Create(variable.Name, variable.Value!.Value.ToString(CultureInfo.InvariantCulture)))
                .Append(KeyValuePair.Create(ResultVariable, resultFile))
                .ToDictionary();
}
