namespace AITrader.Benchmarks;

/// <summary>The hot path: fused state, indicators alone, all detectors, and the way through the engine.</summary>
internal sealed class PatternsBenchmark : IBenchmark
{
    public string Name => "patterns";

    public string Summary =>
        "fused state against a chain of divisions, bar indicators, all detectors, tick -> signal through the engine at 1M ticks/s";

    public Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        progress.Report("fused state");
        new FusedStateMeasure().Run(findings, ct);
        progress.Report("bar indicators");
        new IndicatorMeasure().Run(findings, ct);
        progress.Report("all detectors");
        DetectorMeasure.Run(findings, ct);
        EngineMeasure.Run(findings, progress, ct);
        Interruptions.Run(findings);
        return Task.FromResult(findings.Report());
    }
}
