using System.Globalization;
using AITrader.Cli.Output;

namespace AITrader.Cli.Testing;

/// <summary>The projects that are running, and the results of those that are done.</summary>
internal sealed class TestProgress(int total, IProgressReport work)
{
    private readonly Lock _gate = new();
    private readonly List<string> _running = [];
    private readonly Dictionary<string, string> _said = [];
    private readonly List<TestOutcome> _outcomes = [];

    public List<TestOutcome> Outcomes
    {
        get
        {
            lock (_gate)
            {
                return [.. _outcomes];
            }
        }
    }

    public void Begin(string project)
    {
        lock (_gate)
        {
            _running.Add(project);
            Report();
        }
    }

    /// <summary>Shows what a project's tests say while they run.</summary>
    public void Note(string project, string said)
    {
        lock (_gate)
        {
            _said[project] = said;
            Report();
        }
    }

    /// <summary>Records the result of a project.</summary>
    /// <returns>Whether there was any test to tell of.</returns>
    public bool End(TestOutcome outcome)
    {
        lock (_gate)
        {
            _running.Remove(outcome.Project);
            _outcomes.Add(outcome);
            Report();
            return outcome.Total > 0;
        }
    }

    private string Describe(string project) => _said.TryGetValue(project, out var said) ? $"{project}: {said}" : project;

    private void Report() =>
        work.Report(
            _outcomes.Count,
            string.Create(CultureInfo.InvariantCulture, $"{_outcomes.Count} of {total}, {string.Join(", ", _running.Select(Describe))}")
        );
}
