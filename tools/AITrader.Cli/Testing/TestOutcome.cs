using System.Text.Json;

namespace AITrader.Cli.Testing;

/// <summary>The result of running a project's tests.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed; a project that broke off counts as one more.</param>
/// <param name="Skipped">How many were skipped.</param>
/// <param name="Took">How long the project ran.</param>
/// <param name="Failures">The tests that failed.</param>
/// <param name="SkipReasons">Why tests were skipped, and how many for each reason.</param>
internal sealed record TestOutcome(
    string Project,
    int Passed,
    int Failed,
    int Skipped,
    TimeSpan Took,
    IReadOnlyList<TestFailure> Failures,
    IReadOnlyDictionary<string, int> SkipReasons
)
{
    public int Total => Passed + Failed + Skipped;

    /// <summary>A project that ended without a report.</summary>
    public static TestOutcome Broken(string project, TimeSpan took, string why, string lastWords) =>
        new(project, 0, 1, 0, took, [new TestFailure(project, why, lastWords)], new Dictionary<string, int>());

    /// <summary>Reads a report of the Common Test Report Format, which xunit's runner writes.</summary>
    /// <param name="project">The project.</param>
    /// <param name="report">The report's text.</param>
    /// <param name="exitCode">Of the runner: another one than 0 without a failed test is a failure, too.</param>
    /// <param name="took">How long it ran.</param>
    public static TestOutcome FromCtrf(string project, string report, int exitCode, TimeSpan took)
    {
        using var document = JsonDocument.Parse(report);
        var results = document.RootElement.GetProperty("results");
        var tests = results.GetProperty("tests").EnumerateArray().ToList();
        var failures = tests.Where(static test => StatusOf(test) == "failed").Select(FailureOf).Concat(Errors(results)).ToList();
        if (failures.Count == 0 && exitCode != 0)
        {
            failures.Add(new TestFailure(project, $"the runner ended with exit code {exitCode}", string.Empty));
        }

        var skipped = tests.Where(static test => StatusOf(test) == "skipped").ToList();
        return new TestOutcome(
            project,
            tests.Count(static test => StatusOf(test) == "passed"),
            failures.Count,
            skipped.Count,
            took,
            failures,
            skipped.CountBy(static test => Text(test, "message")).ToDictionary()
        );
    }

    /// <summary>Reads the report of vitest's JSON reporter.</summary>
    public static TestOutcome FromVitest(string project, string report, int exitCode, TimeSpan took)
    {
        using var document = JsonDocument.Parse(report);
        var root = document.RootElement;
        var files = root.GetProperty("testResults").EnumerateArray().ToList();
        var failures = files
            .SelectMany(static file => file.GetProperty("assertionResults").EnumerateArray())
            .Where(static test => StatusOf(test) == "failed")
            .Select(static test => new TestFailure(
                Text(test, "fullName"),
                string.Join('\n', test.GetProperty("failureMessages").EnumerateArray().Select(static text => text.GetString())),
                string.Empty
            ))
            .Concat(
                files
                    .Where(static file => StatusOf(file) == "failed" && file.GetProperty("assertionResults").GetArrayLength() == 0)
                    .Select(static file => new TestFailure(Text(file, "name"), Text(file, "message"), string.Empty))
            )
            .ToList();
        if (failures.Count == 0 && exitCode != 0)
        {
            failures.Add(new TestFailure(project, $"vitest ended with exit code {exitCode}", string.Empty));
        }

        return new TestOutcome(
            project,
            root.GetProperty("numPassedTests").GetInt32(),
            failures.Count,
            root.GetProperty("numPendingTests").GetInt32(),
            took,
            failures,
            new Dictionary<string, int>()
        );
    }

    // Failures outside of any test, such as in the disposal of a fixture.
    private static IEnumerable<TestFailure> Errors(JsonElement results) =>
        !results.TryGetProperty("extra", out var extra) || !extra.TryGetProperty("suites", out var suites)
            ? []
            : suites
                .EnumerateArray()
                .Where(static suite => suite.TryGetProperty("errors", out _))
                .SelectMany(static suite => suite.GetProperty("errors").EnumerateArray())
                .Select(static error =>
                    error.ValueKind == JsonValueKind.Object
                        ? new TestFailure(
                            Text(error, "name") is { Length: > 0 } name ? name : "outside of a test",
                            Text(error, "message"),
                            Text(error, "trace")
                        )
                        : new TestFailure("outside of a test", error.ToString(), string.Empty)
                );

    private static TestFailure FailureOf(JsonElement test) => new(Text(test, "name"), Text(test, "message"), Text(test, "trace"));

    private static string StatusOf(JsonElement test) => Text(test, "status");

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
