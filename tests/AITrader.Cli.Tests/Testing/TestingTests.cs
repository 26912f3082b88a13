using AITrader.Cli.Testing;

namespace AITrader.Cli.Tests.Testing;

public sealed class TestingTests : IDisposable
{
    private const string Sample = nameof(Sample_that_the_runner_finds);

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Sample_that_the_runner_finds() => Assert.NotNull(_temporary.Folder);

    [Fact]
    public async Task The_runner_counts_what_a_real_process_did()
    {
        var runner = new TestRunner(_temporary.Installation, TimeProvider.System, Path.Combine(_temporary.Folder, "results"));
        runner.Begin();
        var project = new TestProject("AITrader.Cli.Tests", IsSystem: false);

        var outcome = await runner.RunAsync(project, Sample, KillSuiteSize.Usual, static _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal((1, 0, 0), (outcome.Passed, outcome.Failed, outcome.Skipped));
        Assert.True(File.Exists(runner.LogOf(project)));
    }

    [Fact]
    public void The_kill_suites_process_is_told_what_was_asked_for_and_nothing_where_nothing_was()
    {
        Assert.Empty(KillSuiteSize.Usual.Variables("result"));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["AITRADER_KILL_CASES"] = "300",
                ["AITRADER_KILL_SEED"] = "7",
                ["AITRADER_KILL_RESULT"] = "result",
            },
            new KillSuiteSize(300, 7, null).Variables("result")
        );
        Assert.Equal("5", new KillSuiteSize(null, null, 5).Variables("result")["AITRADER_KILL_CASE"]);
    }

    [Fact]
    public async Task A_project_that_ends_without_a_report_has_failed()
    {
        var runner = new TestRunner(_temporary.Installation, TimeProvider.System, Path.Combine(_temporary.Folder, "results"));
        runner.Begin();

        var outcome = await runner.RunAsync(
            new TestProject("AITrader.Nothing.Tests", IsSystem: false),
            method: null,
            KillSuiteSize.Usual,
            static _ => { },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(1, outcome.Failed);
        Assert.StartsWith("ended without a report", Assert.Single(outcome.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_failures_and_reasons_come_from_the_report()
    {
        const string Report = """
            {"results":{"summary":{"tests":5},"extra":{"suites":[{"errors":[]}]},"tests":[
              {"name":"A.passes","status":"passed"},{"name":"A.passes_too","status":"passed"},
              {"name":"A.fails","status":"failed","message":"expected 1","trace":"at A"},
              {"name":"A.is_skipped","status":"skipped","message":"no data"},{"name":"A.waits","status":"pending"}]}}
            """;

        var outcome = TestOutcome.FromCtrf("A", Report, exitCode: 1, TimeSpan.FromSeconds(1));

        Assert.Equal((2, 1, 1), (outcome.Passed, outcome.Failed, outcome.Skipped));
        Assert.Equal(new TestFailure("A.fails", "expected 1", "at A"), Assert.Single(outcome.Failures));
        Assert.Equal([KeyValuePair.Create("no data", 1)], outcome.SkipReasons);
    }

    [Theory]
    [InlineData("""{"results":{"tests":[{"name":"a","status":"passed"}]}}""", 134, "the runner ended with exit code 134")]
    [InlineData(
        """{"results":{"tests":[{"name":"a","status":"passed"}],"extra":{"suites":[{"errors":[{"name":"end of a fixture","message":"it broke"}]}]}}}""",
        1,
        "it broke"
    )]
    public void What_goes_wrong_outside_of_a_test_is_a_failure(string report, int exitCode, string expected)
    {
        var outcome = TestOutcome.FromCtrf("A", report, exitCode, TimeSpan.Zero);

        Assert.Equal((1, 1), (outcome.Passed, outcome.Failed));
        Assert.Equal(expected, outcome.Failures[0].Message);
    }

    [Fact]
    public void Vitest_s_report_counts_the_same_way()
    {
        const string Report = """
            {"numPassedTests":7,"numPendingTests":1,"testResults":[
              {"name":"a.test.ts","status":"failed","message":"","assertionResults":[{"status":"passed","fullName":"x"},{"status":"failed","fullName":"y","failureMessages":["no"]}]},
              {"name":"b.test.ts","status":"failed","message":"cannot be read","assertionResults":[]}]}
            """;

        var outcome = TestOutcome.FromVitest("frontend", Report, exitCode: 1, TimeSpan.Zero);

        Assert.Equal((7, 2, 1), (outcome.Passed, outcome.Failed, outcome.Skipped));
        Assert.Equal(["y", "b.test.ts"], outcome.Failures.Select(static failure => failure.Name));
    }

    [Fact]
    public void A_filter_is_part_of_a_project_or_else_of_a_test()
    {
        var projects = new TestProjects(_temporary.Installation);

        Assert.Equal(["AITrader.Chaos.Tests"], projects.Select("chaos").Projects.Select(static project => project.Name));
        Assert.Equal([TestProject.Frontend], projects.Select("frontend").Projects.Select(static project => project.Name));
        var method = projects.Select("Sample_that");
        Assert.Equal("Sample_that", method.Method);
        Assert.DoesNotContain(method.Projects, static project => project.IsFrontend);
    }

    [Fact]
    public void Those_that_start_the_whole_system_come_last()
    {
        var all = new TestProjects(_temporary.Installation).Select(filter: null).Projects;

        Assert.Contains(all, static project => project.Name == "AITrader.Cli.Tests");
        Assert.True(all.SkipWhile(static project => !project.IsSystem).All(static project => project.IsSystem));
        Assert.Contains(all, static project => project is { Name: "AITrader.EndToEnd.Tests", IsSystem: true });
    }
}
