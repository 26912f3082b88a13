using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>Orders through the desk in process, and through the execution engine with PostgreSQL and Redis, each a process of its
/// own.</summary>
internal sealed class OrdersBenchmark : IBenchmark
{
    private const double MostMicros = 10;
    private const double MostDurableMillis = 15;
    private const int Rate = 200;

    // An engine compiles what it runs for some twenty seconds of processor time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    public string Name => "orders";

    public string Summary =>
        "an order through all risk checks in process, simulated orders a second, and durably through the execution engine";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        var findings = new Findings();
        progress.Report("risk and accept in process");
        Interruptions.Run(findings);
        AcceptInProcess(findings, ct);
        progress.Report("simulated orders");
        await FillInProcessAsync(findings, ct);
        await AcceptDurablyAsync(findings, progress, ct);
        return findings.Report();
    }

    private static void AcceptInProcess(Findings findings, CancellationToken ct)
    {
        new DeskMeasure(isLimited: true).Accept(ct);
        var first = new DeskMeasure(isLimited: true).Accept(ct);
        var bare = new DeskMeasure(isLimited: false).Accept(ct);
        var again = new DeskMeasure(isLimited: true).Accept(ct);
        var p99 = Math.Max(first.PercentileNanos(99), again.PercentileNanos(99)) / 1e3;
        findings.Row("risk and accept, every limit on, 20 working orders: p50", again.PercentileNanos(50) / 1e3, "us");
        findings.Row("risk and accept, every limit on: p99", p99, "us");
        findings.Row("risk and accept, every limit on: p99.9", again.PercentileNanos(99.9) / 1e3, "us");
        findings.Row("risk and accept, the default limits: p50", bare.PercentileNanos(50) / 1e3, "us");
        findings.Control("risk and accept, p50 of two rounds", (double)first.PercentileNanos(50) / again.PercentileNanos(50));
        findings.AtMost("orders_in_process_accept_p99", p99, "us", MostMicros);
    }

    private static async Task FillInProcessAsync(Findings findings, CancellationToken ct)
    {
        var result = await PairedMeasurement.MeasureAsync(() => FillAsync(isLimited: false, ct), () => FillAsync(isLimited: true, ct), ct);
        findings.Row("simulated market orders, taken, filled and booked", DeskMeasure.Fills / result.Subject, "orders/s");
        findings.Row("the same with every limit on", DeskMeasure.Fills / result.Floor, "orders/s");
        findings.Control("simulated orders", result.Control);
    }

    private static Task FillAsync(bool isLimited, CancellationToken ct)
    {
        new DeskMeasure(isLimited).Fill(ct);
        return Task.CompletedTask;
    }

    private static async Task AcceptDurablyAsync(Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        await using var redis = new BenchRedis();
        using var host = redis.Host();
        await host.StartAsync(ct);
        var database = await DurableOrders.DatabaseAsync(ct);
        await using var engine = await ServiceProcess.StartAsync(
            "AITrader.ExecutionEngine",
            ("ConnectionStrings:redis", redis.ConnectionString),
            ("ConnectionStrings:aitrader", database.App),
            ("Execution:MaxOrderAge", "1.00:00:00")
        );
        var orders = new DurableOrders(host.Services);
        await orders.RunAsync(Rate, WarmUp, ct);
        progress.Report($"durable accept at {Rate} orders/s, first round");
        var first = await orders.RunAsync(Rate, Round, ct);
        progress.Report($"durable accept at {Rate} orders/s, second round");
        var again = await orders.RunAsync(Rate, Round, ct);
        var p99 = Math.Max(first.Millis(99), again.Millis(99));
        findings.Row($"durable accept at {Rate} orders/s, publish -> commit -> event: p50", again.Millis(50), "ms");
        findings.Row($"durable accept at {Rate} orders/s: p99", p99, "ms");
        findings.Row($"durable accept at {Rate} orders/s: max", Math.Max(first.Millis(100), again.Millis(100)), "ms");
        findings.Control("durable accept: reached, of two rounds", first.Reached / again.Reached);
        findings.AtMost("orders_durable_accept_p99", p99, "ms", MostDurableMillis);
        await host.StopAsync(ct);
    }
}
