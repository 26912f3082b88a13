namespace AITrader.Benchmarks;

/// <summary>Rows, goals and controls as they come in.</summary>
internal sealed class Findings
{
    private readonly List<BenchmarkRow> _rows = [];
    private readonly List<BenchmarkGoal> _goals = [];
    private readonly List<BenchmarkControl> _controls = [];

    public void Row(string what, double value, string unit) => _rows.Add(new BenchmarkRow(what, value, unit));

    public void AtMost(string name, double value, string unit, double goal) =>
        _goals.Add(new BenchmarkGoal(name, value, unit, FormattableString.Invariant($"<= {goal}"), value <= goal));

    public void AtLeast(string name, double value, string unit, double goal) =>
        _goals.Add(new BenchmarkGoal(name, value, unit, FormattableString.Invariant($">= {goal}"), value >= goal));

    /// <summary>What was timed against itself, and the ratio.</summary>
    public void Control(string what, double ratio) => _controls.Add(new BenchmarkControl(what, ratio));

    public void Add(BenchmarkReport report)
    {
        _rows.AddRange(report.Rows);
        _goals.AddRange(report.Goals);
        _controls.AddRange(report.Controls);
    }

    public BenchmarkReport Report() => new(_rows, _goals, _controls);
}
