using System.Text.Json;

namespace AITrader.Kill.Tests;

/// <summary>Writes what a run of the suite came to, by the kind of fault.</summary>
internal static class SuiteReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static async Task WriteAsync(string file, int seed, IReadOnlyList<CaseResult> results, CancellationToken ct)
    {
        var report = new
        {
            seed,
            cases = results.Count,
            findings = results.Sum(static result => result.Findings.Count),
            orders = results.Sum(static result => result.Orders),
            trades = results.Sum(static result => result.Trades),
            kinds = results
                .GroupBy(static result => KindOf(result.Fault))
                .OrderBy(static kind => kind.Key, StringComparer.Ordinal)
                .Select(Summary),
            results = results.OrderBy(static result => result.Case),
        };
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, report, Json, ct);
    }

    private static object Summary(IGrouping<string, CaseResult> kind)
    {
        var times = kind.Where(static result => result.Findings.Count == 0)
            .Select(static result => result.RecoverySeconds)
            .Order()
            .ToList();
        return new
        {
            fault = kind.Key,
            cases = kind.Count(),
            failed = kind.Count(static result => result.Findings.Count > 0),
            recovery_median_s = times.Count == 0 ? (double?)null : times[times.Count / 2],
            recovery_max_s = times.Count == 0 ? (double?)null : times[^1],
        };
    }

    // Without its numbers: how long something was frozen is of no kind.
    private static string KindOf(string fault) =>
        fault.Contains(';', StringComparison.Ordinal) ? "two at once"
        : fault.StartsWith("kill redis and cut", StringComparison.Ordinal) ? "kill redis and cut its file"
        : fault
            .Split([" for ", ", again"], StringSplitOptions.None)[0]
            .Replace("-1", string.Empty, StringComparison.Ordinal)
            .Replace("-2", string.Empty, StringComparison.Ordinal);
}
