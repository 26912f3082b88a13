namespace AITrader.Benchmarks;

/// <summary>What serving costs beside running a model: onnx-runner as a process of its own against bare runs in this one.</summary>
internal sealed class InferenceBenchmark : IBenchmark
{
    private static readonly string[] Models = ["nbeats", "transformer"];

    public string Name => "inference";

    public string Summary =>
        "onnx-runner's HTTP binary, JSON and gRPC and its batching against bare InferenceSession.Run, on the shipped models";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        await CallOverhead.RunAsync(Models, findings, progress, ct);
        await BatchedServing.RunAsync(Models, findings, progress, ct);
        return findings.Report();
    }
}
