using System.Globalization;

namespace AITrader.Kill.Tests;

/// <summary>How much is run: <c>./aitrader test kill --cases N --seed S [--case K]</c> sets the variables.</summary>
internal sealed record SuiteSettings(int Cases, int Seed, int? Only, int Stacks, string? ResultFile)
{
    public const string Alone = "one stack after the other";

    private const int UsualCases = 6;
    private const int UsualSeed = 1;

    // So many cases are worth the start of a second stack.
    private const int CasesOfSecondStack = 20;

    public static SuiteSettings FromEnvironment()
    {
        var cases = Number("AITRADER_KILL_CASES") ?? UsualCases;
        return new SuiteSettings(
            cases,
            Number("AITRADER_KILL_SEED") ?? UsualSeed,
            Number("AITRADER_KILL_CASE"),
            Number("AITRADER_KILL_STACKS") ?? (cases > CasesOfSecondStack ? 2 : 1),
            Environment.GetEnvironmentVariable("AITRADER_KILL_RESULT")
        );
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
