namespace AITrader.Benchmarks;

/// <summary>Market data on its way in: frames and lines to ticks, and the tick store.</summary>
internal sealed class MarketsBenchmark : IBenchmark
{
    public string Name => "markets";

    public string Summary =>
        "Kite frames, capture lines and CSV lines to ticks against a bare memory loop; then the tick store, as in ticks";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        progress.Report("Kite frames");
        new KiteMeasure().Run(findings, ct);
        progress.Report("capture and CSV lines");
        await new ReaderMeasure().RunAsync(findings, ct);
        findings.Add(await new TickStoreBenchmark().RunAsync(progress, ct));
        return findings.Report();
    }
}
