namespace AITrader.Benchmarks;

/// <summary>One named benchmark with its goals.</summary>
internal interface IBenchmark
{
    /// <summary>Name on the command line and of the result file.</summary>
    string Name { get; }

    /// <summary>What is measured against what, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures, reporting progress line by line.</summary>
    Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct);
}

/// <summary>What a benchmark found.</summary>
/// <param name="Rows">Table rows: what, value, unit.</param>
/// <param name="Goals">Goals and whether they were met.</param>
/// <param name="Controls">What was timed against itself; with one of them off, the report is not published.</param>
internal sealed record BenchmarkReport(
    IReadOnlyList<BenchmarkRow> Rows,
    IReadOnlyList<BenchmarkGoal> Goals,
    IReadOnlyList<BenchmarkControl> Controls
)
{
    /// <summary>Controls outside of what may be published.</summary>
    public IEnumerable<BenchmarkControl> Off => Controls.Where(static control => !control.Holds);
}

/// <summary>One line of the table.</summary>
internal sealed record BenchmarkRow(string What, double Value, string Unit);

/// <summary>An A/A control: the median ratio of a way of doing something to the very same.</summary>
internal sealed record BenchmarkControl(string What, double Ratio)
{
    private const double Least = 0.95;
    private const double Most = 1.05;

    /// <summary>Whether it is near enough to 1 to publish; a ratio that is no number is not.</summary>
    public bool Holds => Ratio is >= Least and <= Most;
}

/// <summary>One goal of the performance page.</summary>
internal sealed record BenchmarkGoal(string Name, double Value, string Unit, string Goal, bool Met);
