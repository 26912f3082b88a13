using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>Signals through the strategy engine with a CPU runner, PostgreSQL and Redis, each a process of its own.</summary>
internal sealed class DecisionsBenchmark : IBenchmark
{
    private const double MostMillis = 20;
    private const int Rate = 20;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    public string Name => "decisions";

    public string Summary => "a live signal -> its decision, with forecast, stored in PostgreSQL and published, at 20 signals/s";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        await using var redis = new BenchRedis();
        using var host = redis.Host();
        await host.StartAsync(ct);
        var database = await DurableOrders.DatabaseAsync(ct);
        await using var runner = await ServiceProcess.StartAsync(
            "AITrader.OnnxRunner",
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("Inference:RequireToken", "false"),
            ("Inference:ModelPath", Path.Combine(SharedData.RepositoryRoot, "models"))
        );
        await using var engine = await ServiceProcess.StartAsync(
            "AITrader.StrategyEngine",
            ("ConnectionStrings:redis", redis.ConnectionString),
            ("ConnectionStrings:aitrader", database.App),
            ("Forecast:GpuRunner", string.Empty),
            ("Forecast:CpuRunner", runner.Client.BaseAddress!.ToString()),
            ("Strategy:SentimentEngine", "http://127.0.0.1:9")
        );
        var signals = new DecisionRounds(host.Services);
        progress.Report("warm-up");
        await signals.RunAsync(Rate, WarmUp, ct);
        progress.Report($"{Rate} signals/s, first round");
        var first = await signals.RunAsync(Rate, Round, ct);
        progress.Report($"{Rate} signals/s, second round");
        var again = await signals.RunAsync(Rate, Round, ct);
        await host.StopAsync(ct);
        return Report(first, again);
    }

    private static BenchmarkReport Report(DecisionResult first, DecisionResult again)
    {
        var findings = new Findings();
        var p99 = Math.Max(first.Millis(99), again.Millis(99));
        findings.Row($"{Rate} signals/s, publish -> commit -> decision on the bus: p50", again.Millis(50), "ms");
        findings.Row($"{Rate} signals/s: p99", p99, "ms");
        findings.Row($"{Rate} signals/s: max", Math.Max(first.Millis(100), again.Millis(100)), "ms");
        findings.Row("decisions with a forecast", 100 * Math.Min(first.Forecast, again.Forecast), "%");
        findings.Row("decisions that led to an order", 100 * again.Ordered, "%");
        findings.Control("reached, of two rounds", first.Reached / again.Reached);
        findings.AtLeast("decisions_with_forecast", 100 * Math.Min(first.Forecast, again.Forecast), "%", 99);
        findings.AtMost("signal_to_decision_p99", p99, "ms", MostMillis);
        return findings.Report();
    }
}
