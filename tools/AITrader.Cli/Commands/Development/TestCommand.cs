using System.Globalization;
using AITrader.Cli.Building;
using AITrader.Cli.Failures;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Testing;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

/// <summary><c>test</c>: runs two test projects at a time, then one by one those that start the whole system.</summary>
internal sealed class TestCommand(
    Installation installation,
    TestProjects projects,
    TestRunner runner,
    Builder builder,
    Requirements requirements,
    ProgressDisplay bar,
    IAnsiConsole console
) : AsyncCommand<TestSettings>
{
    private const int AtOnce = 2;

    public override async Task<int> ExecuteAsync(CommandContext context, TestSettings settings, CancellationToken cancellationToken)
    {
        var selection = Select(settings);
        if (settings.List)
        {
            foreach (var project in selection.Projects)
            {
                console.Say(project.IsSystem ? $"{project.Name} (starts the whole system)" : project.Name);
            }

            return ExitCodes.Done;
        }

        await PrepareAsync(selection, cancellationToken);
        var outcomes = await RunAsync(selection, settings.Size, cancellationToken);
        return Conclude(outcomes, settings);
    }

    private TestSelection Select(TestSettings settings)
    {
        var selection = projects.Select(settings.Filter);
        return settings.NoSystem
            ? selection with
            {
                Projects = [.. selection.Projects.Where(static project => !project.IsSystem)],
            }
            : selection;
    }

    private async Task PrepareAsync(TestSelection selection, CancellationToken cancellationToken)
    {
        await requirements.EnsureAsync(Requirements.ToRun, cancellationToken);
        if (selection.Method is not null || selection.Projects.Any(static project => project.IsSystem))
        {
            await requirements.TryEnsureAsync(Requirements.ToTest, cancellationToken);
        }

        var compiled = selection.Projects.Where(static project => !project.IsFrontend).ToList();
        if (compiled is [var only])
        {
            await builder.BuildAsync(TestProjects.FileOf(only), only.Name, cancellationToken);
        }
        else if (compiled.Count > 0)
        {
            await builder.BuildAsync(Installation.Solution, "everything", cancellationToken);
        }

        if (selection.Projects.Any(static project => project.IsFrontend || project.IsSystem))
        {
            await new NodePackages(installation, bar).EnsureAsync(cancellationToken);
        }
    }

    private Task<List<TestOutcome>> RunAsync(TestSelection selection, KillSuiteSize size, CancellationToken cancellationToken)
    {
        runner.Begin();
        return bar.RunAsync("testing", selection.Projects.Count, async work =>
        {
            var progress = new TestProgress(selection.Projects.Count, work);
            using var lanes = new SemaphoreSlim(AtOnce);
            await Task.WhenAll(
                selection
                    .Projects.Where(static project => !project.IsSystem)
                    .Select(project => RunInLaneAsync(project, (selection.Method, size), lanes, progress, cancellationToken))
            );
            foreach (var project in selection.Projects.Where(static project => project.IsSystem))
            {
                await RunInLaneAsync(project, (selection.Method, size), lanes, progress, cancellationToken);
            }

            return progress.Outcomes;
        });
    }

    private async Task RunInLaneAsync(
        TestProject project,
        (string? Method, KillSuiteSize Size) what,
        SemaphoreSlim lanes,
        TestProgress progress,
        CancellationToken cancellationToken
    )
    {
        await lanes.WaitAsync(cancellationToken);
        try
        {
            progress.Begin(project.Name);
            var outcome = await runner.RunAsync(
                project,
                what.Method,
                what.Size,
                said => progress.Note(project.Name, said),
                cancellationToken
            );
            if (progress.End(outcome))
            {
                Show(outcome, project);
            }
        }
        finally
        {
            lanes.Release();
        }
    }

    private void Show(TestOutcome outcome, TestProject project)
    {
        console.SayAbove(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{outcome.Project, -36} {outcome.Passed, 5} passed {outcome.Failed, 4} failed {outcome.Skipped, 4} skipped  {outcome.Took.TotalSeconds, 7:0.0} s"
            )
        );
        foreach (var failure in outcome.Failures)
        {
            console.SayAbove($"    FAILED {failure.Name}");
            foreach (var line in $"{failure.Message}\n{failure.Trace}".Split('\n').Where(static line => line.Trim().Length > 0))
            {
                console.SayAbove($"        {line.TrimEnd()}");
            }
        }

        if (outcome.Failures.Count > 0)
        {
            console.SayAbove($"    its whole output is in {runner.LogOf(project)}");
        }
    }

    private int Conclude(List<TestOutcome> outcomes, TestSettings settings)
    {
        if (outcomes.Sum(static outcome => outcome.Total) == 0)
        {
            throw new Refusal($"no test matches '{settings.Filter}'; `./aitrader test --list` names the projects", ExitCodes.Usage);
        }

        foreach (
            var (reason, count) in outcomes
                .SelectMany(static outcome => outcome.SkipReasons)
                .GroupBy(static pair => pair.Key, static pair => pair.Value)
                .Select(static group => (group.Key, group.Sum()))
                .OrderByDescending(static reason => reason.Item2)
        )
        {
            console.Say($"skipped {count}: {reason}");
        }

        if (!settings.Size.IsUsual)
        {
            console.Say($"what the kill suite came to is in {runner.KillResult}");
        }

        var failed = outcomes.Sum(static outcome => outcome.Failed);
        console.Say();
        console.Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{outcomes.Sum(static outcome => outcome.Passed)} passed, {failed} failed, {outcomes.Sum(static outcome => outcome.Skipped)} skipped"
            )
        );
        return failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
