using System.Globalization;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>Ticks through a real Redis to the pattern engine, a process of its own, and its signals back: offered at fixed rates, however
/// far behind it is.</summary>
internal sealed class EndToEndBenchmark : IBenchmark
{
    private const int Rounds = 2;
    private const int WarmUpRate = 5_000;
    private const int HighestRate = 20_000;
    private const double MostMillis = 100;
    private const double LeastShare = 99;
    private const double MostDrainMillis = 1_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(12);
    private static readonly int[] Rates = [1_000, 5_000, HighestRate];

    public string Name => "e2e";

    public string Summary =>
        "publisher -> Redis -> pattern engine -> Redis -> reader at 1k, 5k, 20k ticks/s: reached rate, lag, tick -> signal";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        await using var redis = new BenchRedis();
        using var host = redis.Host();
        await host.StartAsync(ct);
        await using var engine = await ServiceProcess.StartAsync(
            "AITrader.PatternEngine",
            ("ConnectionStrings:redis", redis.ConnectionString)
        );
        var findings = new Findings();
        await new EndToEndRound(host.Services, WarmUpRate, WarmUp, "warm-up").RunAsync(progress, ct);
        foreach (var rate in Rates)
        {
            List<EndToEndResult> rounds = [];
            for (var round = 1; round <= Rounds; round++)
            {
                rounds.Add(
                    await new EndToEndRound(
                        host.Services,
                        rate,
                        Round,
                        string.Create(CultureInfo.InvariantCulture, $"bench-{rate}-{round}")
                    ).RunAsync(progress, ct)
                );
            }

            Report(findings, rate, rounds);
        }

        await host.StopAsync(ct);
        return findings.Report();
    }

    // The worse round counts. The control compares the rates of both: latencies of a shared machine differ by more than its speed.
    private static void Report(Findings findings, int rate, List<EndToEndResult> rounds)
    {
        var reached = rounds.Min(static round => round.Reached);
        var p99 = rounds.Max(static round => round.Millis(99));
        var drain = rounds.Max(static round => round.DrainMillis);
        findings.Row($"{rate} ticks/s offered: reached", reached, "ticks/s");
        findings.Row($"{rate}: tick -> signal p50", rounds.Max(static round => round.Millis(50)), "ms");
        findings.Row($"{rate}: tick -> signal p99", p99, "ms");
        findings.Row($"{rate}: tick -> signal p99.9", rounds.Max(static round => round.Millis(99.9)), "ms");
        findings.Row($"{rate}: tick -> signal max", rounds.Max(static round => round.Millis(100)), "ms");
        findings.Row($"{rate}: signals, a round", rounds.Min(static round => round.Signals), "");
        findings.Row($"{rate}: most ticks behind", rounds.Max(static round => round.MostBehind), "ticks");
        findings.Row($"{rate}: caught up after the last tick", drain, "ms");
        findings.Control($"{rate} ticks/s: reached, of two rounds", rounds[0].Reached / rounds[1].Reached);
        if (rate == HighestRate)
        {
            findings.AtLeast("e2e_20k_reached_share", reached / rate * 100, "%", LeastShare);
            findings.AtMost("e2e_20k_tick_to_signal_p99", p99, "ms", MostMillis);
            findings.AtMost("e2e_20k_caught_up_after", drain, "ms", MostDrainMillis);
        }
    }
}
