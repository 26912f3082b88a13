using System.Text.Json;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Cli.Timing;

namespace AITrader.Cli.Testing;

/// <summary>Runs the tests of one project in a process of their own.</summary>
/// <param name="installation">Where the programs are.</param>
/// <param name="time">The clock for durations and the timeout.</param>
/// <param name="results">The folder for reports and logs.</param>
internal sealed class TestRunner(Installation installation, TimeProvider time, string results)
{
    private const int LastLines = 20;
    private const string LiveOutput = "[OUTPUT] ";

    // Tests and the services that they start live for minutes at most: counting calls to compile again by costs them a quarter of their
    // processor time, and never pays.
    private static readonly KeyValuePair<string, string>[] ShortLived = [KeyValuePair.Create("DOTNET_TieredPGO", "0")];

    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(30);

    /// <summary>Deletes the reports of the previous run.</summary>
    public void Begin()
    {
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        Directory.CreateDirectory(results);
    }

    /// <summary>The log of a project's run.</summary>
    public string LogOf(TestProject project) => Path.Combine(results, $"{project.Name}.log");

    /// <summary>What the kill suite came to, where it was run by a size of its own. It stays: a run that was broken off goes on from it.
    /// </summary>
    public string KillResult => Path.Combine(Path.GetDirectoryName(results)!, "kill-suite.json");

    /// <summary>Runs a project's tests; one that takes longer than half an hour is ended and has failed.</summary>
    /// <param name="project">The project.</param>
    /// <param name="method">Part of the tests' names; null for all.</param>
    /// <param name="size">Of the kill suite.</param>
    /// <param name="onOutput">Takes what a test says while it runs, where the size is not the usual one.</param>
    /// <param name="cancellationToken">Ends the tests.</param>
    public async Task<TestOutcome> RunAsync(
        TestProject project,
        string? method,
        KillSuiteSize size,
        Action<string> onOutput,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        using var limit = new Deadline(RunTimeout + size.Extra, time, cancellationToken);
        try
        {
            var report = Path.Combine(results, $"{project.Name}.json");
            var call = project.IsFrontend ? Vitest(report) : Xunit(project, report, method, size);
            var code = await WriteLogAsync(project, call, onOutput, limit.Token);
            return await ReadAsync(project, report, code, time.GetElapsedTime(begun), cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TestOutcome.Broken(
                project.Name,
                time.GetElapsedTime(begun),
                $"not done within {(RunTimeout + size.Extra).TotalMinutes} minutes",
                LogEnd(project)
            );
        }
    }

    private async Task<TestOutcome> ReadAsync(
        TestProject project,
        string report,
        int code,
        TimeSpan took,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var text = await File.ReadAllTextAsync(report, cancellationToken);
            return project.IsFrontend
                ? TestOutcome.FromVitest(project.Name, text, code, took)
                : TestOutcome.FromCtrf(project.Name, text, code, took);
        }
        catch (Exception absent) when (absent is FileNotFoundException or JsonException or KeyNotFoundException)
        {
            return TestOutcome.Broken(project.Name, took, $"ended without a report, exit code {code}", LogEnd(project));
        }
    }

    private ExternalCall Xunit(TestProject project, string report, string? method, KillSuiteSize size)
    {
        string[] filter = method is null ? [] : ["-method", $"*{method}*"];
        string[] live = size.IsUsual ? [] : ["-showLiveOutput"];
        return new ExternalCall(
            "dotnet",
            [installation.ProgramOf(project.Name), "-noColor", "-noLogo", "-ctrf", report, .. live, .. filter],
            installation.Root
        )
        {
            Environment = size.Variables(KillResult).Concat(ShortLived).ToDictionary(),
        };
    }

    private ExternalCall Vitest(string report) =>
        new("npm", ["test", "--silent", "--", "--reporter=json", $"--outputFile={report}"], installation.In("frontend"));

    private async Task<int> WriteLogAsync(
        TestProject project,
        ExternalCall call,
        Action<string> onOutput,
        CancellationToken cancellationToken
    )
    {
        await using var log = new StreamWriter(LogOf(project));
        return await ExternalProgram.RunAsync(
            call,
            line =>
            {
                log.WriteLine(line);
                if (line.Split(LiveOutput, 2) is [_, { Length: > 0 } said])
                {
                    onOutput(said);
                }
            },
            cancellationToken
        );
    }

    private string LogEnd(TestProject project) =>
        string.Join('\n', File.ReadLines(LogOf(project)).Where(static line => line.Length > 0).TakeLast(LastLines));
}
