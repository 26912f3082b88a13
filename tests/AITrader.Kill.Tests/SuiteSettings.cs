using System.Globalization;

namespace AITrader.Kill.Tests;

/// <summary>How much is run: <c>./aitrader test kill --cases N --seed S [--case K]</c> sets the variables.</summary>
internal sealed record SuiteSettings(int Cases, int Seed, int? Only, int Stacks, string? ResultFile)
{
    private const int UsualCases = 8;
    private const int UsualSeed = 1;
    private const int UsualStacks = 2;

    public static SuiteSettings FromEnvironment() =>
        new(
            Number("AITRADER_KILL_CASES") ?? UsualCases,
            Number("AITRADER_KILL_SEED") ?? UsualSeed,
            Number("AITRADER_KILL_CASE"),
            Number("AITRADER_KILL_STACKS") ?? UsualStacks,
            Environment.GetEnvironmentVariable("AITRADER_KILL_RESULT")
        );

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
