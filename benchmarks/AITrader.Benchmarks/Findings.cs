namespace AITrader.Benchmarks;

/// <summary>Rows, goals and controls as they come in.</summary>
internal sealed class Findings
{
    private readonly List<BenchmarkRow> _rows = [];
    private readonly List<BenchmarkGoal> _goals = [];
    private readonly List<double> _controls = [];

    public void Row(string what, double value, string unit) => _rows.Add(new BenchmarkRow(what, value, unit));

    public void AtMost(string name, double value, string unit, double goal) =>
        _goals.Add(new BenchmarkGoal(name, value, unit, FormattableString.Invariant($"<= {goal}"), value <= goal));

    public void AtLeast(string name, double value, string unit, double goal) =>
        _goals.Add(new BenchmarkGoal(name, value, unit, FormattableString.Invariant($">= {goal}"), value >= goal));

    public void Control(double ratio) => _controls.Add(ratio);

    public void Add(BenchmarkReport report)
    {
        _rows.AddRange(report.Rows);
        _goals.AddRange(report.Goals);
        _controls.Add(report.ControlRatio);
    }

    /// <summary>All of it, with the worst control.</summary>
    public BenchmarkReport Report() => new(_rows, _goals, _controls.MaxBy(static control => Math.Abs(control - 1)));
}
