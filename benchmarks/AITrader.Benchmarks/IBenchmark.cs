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
/// <param name="ControlRatio">Median ratio of the A/A control; outside 0.95 to 1.05 the machine was too noisy to publish.</param>
internal sealed record BenchmarkReport(IReadOnlyList<BenchmarkRow> Rows, IReadOnlyList<BenchmarkGoal> Goals, double ControlRatio);

/// <summary>One line of the table.</summary>
internal sealed record BenchmarkRow(string What, double Value, string Unit);

/// <summary>One goal of the performance page.</summary>
internal sealed record BenchmarkGoal(string Name, double Value, string Unit, string Goal, bool Met);
