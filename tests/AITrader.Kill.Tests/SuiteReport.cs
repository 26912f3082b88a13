using System.Text.Json;

namespace AITrader.Kill.Tests;

/// <summary>What a run of the suite came to, in a file: by the kind of fault, and case by case. A run that was broken off goes on from
/// it.</summary>
internal sealed record SuiteReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public required int Seed { get; init; }

    public required int Cases { get; init; }

    public required int Findings { get; init; }

    public required int Orders { get; init; }

    public required int Trades { get; init; }

    public required IReadOnlyList<FaultSummary> Faults { get; init; }

    public required IReadOnlyList<CaseResult> Results { get; init; }

    public static SuiteReport Of(int seed, IEnumerable<CaseResult> results)
    {
        var ordered = results.OrderBy(static result => result.Case).ToList();
        return new SuiteReport
        {
            Seed = seed,
            Cases = ordered.Count,
            Findings = ordered.Sum(static result => result.Findings.Count),
            Orders = ordered.Sum(static result => result.Orders),
            Trades = ordered.Sum(static result => result.Trades),
            Faults =
            [
                .. ordered
                    .GroupBy(static result => KindOf(result.Fault))
                    .OrderBy(static kind => kind.Key, StringComparer.Ordinal)
                    .Select(static kind => FaultSummary.Of(kind.Key, [.. kind])),
            ],
            Results = ordered,
        };
    }

    /// <summary>What a run before has left, without the cases that failed; nothing where it had another seed.</summary>
    public static async Task<IReadOnlyList<CaseResult>> ReadAsync(string file, int seed, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        await using var stream = File.OpenRead(file);
        var report = await JsonSerializer.DeserializeAsync<SuiteReport>(stream, Json, ct);
        return report?.Seed == seed ? [.. report.Results.Where(static result => result.Findings.Count == 0)] : [];
    }

    public async Task WriteAsync(string file, CancellationToken ct)
    {
        await File.WriteAllTextAsync(file + ".new", JsonSerializer.Serialize(this, Json), ct);
        File.Move(file + ".new", file, overwrite: true);
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

/// <summary>Cases of one kind of fault.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="Cases">How often.</param>
/// <param name="Failed">How often the judge found something.</param>
/// <param name="RecoveryMedian">Seconds from the fault until the next order had reached the exchange.</param>
/// <param name="RecoveryMax">The longest.</param>
internal sealed record FaultSummary(string Fault, int Cases, int Failed, double RecoveryMedian, double RecoveryMax)
{
    public static FaultSummary Of(string fault, IReadOnlyList<CaseResult> results)
    {
        var times = results.Select(static result => result.RecoverySeconds).Order().ToList();
        var failed = results.Count(static result => result.Findings.Count > 0);
        return new FaultSummary(fault, results.Count, failed, times[times.Count / 2], times[^1]);
    }
}
