using AITrader.Inference.Client;
using AITrader.Signals.Engine;

namespace AITrader.Benchmarks;

/// <summary>Forecasts of the real client against real runners, with one of them well, stalled or dead.</summary>
internal sealed class RaceBenchmark : IBenchmark
{
    private const int Rounds = 15;
    private const int WarmUps = 3;
    private const int Slice = 200;
    private const double MostMillis = 2;

    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);
    private static readonly ForecastRequest Request = new([.. Enumerable.Range(0, 64).Select(static i => 60_000 + (i * 7 % 11 * 0.5))])
    {
        Model = "nbeats",
        Symbol = "BTCUSDT",
    };

    public string Name => "race";

    public string Summary => "a forecast of two raced runners, one of them well, stalled by 200 ms or dead, against one runner alone";

    public async Task<BenchmarkReport> RunAsync(IProgress<string> progress, CancellationToken ct)
    {
        await using var legs = await RunnerLegs.StartAsync(Stall);
        await legs.WaitAsync(ct);
        using var ways = new Ways(legs);
        var provider = await CheckAsync(ways, ct);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            if (round == 0)
            {
                ways.InTurn.ForEach(static way => way.Clear());
            }

            progress.Report(round < 0 ? "warm-up" : $"round {round + 1} of {Rounds}");
            foreach (var way in ways.InTurn)
            {
                await way.RunAsync(Request, Slice, legs, ct);
            }
        }

        return Report(ways, provider);
    }

    // Both runners have to say the same before anything is timed.
    private static async Task<string> CheckAsync(Ways ways, CancellationToken ct)
    {
        var forecasts = new List<Forecast>();
        foreach (var way in ways.InTurn)
        {
            forecasts.Add(await way.AskAsync(Request, ct));
        }

        var expected = forecasts[0].Values;
        if (forecasts.Any(forecast => forecast.Values.Zip(expected, static (a, b) => Math.Abs(a - b) / Math.Abs(b)).Max() > 1e-6))
        {
            throw new InvalidOperationException("the runners do not forecast the same: nothing is timed");
        }

        return forecasts[2].Provenance.Provider;
    }

    private static BenchmarkReport Report(Ways ways, string provider)
    {
        var findings = new Findings();
        foreach (var (name, way) in ways.ByName(provider))
        {
            findings.Row($"{name}: p50", way.Millis(50), "ms");
            findings.Row($"{name}: p99", way.Millis(99), "ms");
        }

        var alone = ways.BothAlone.PercentileNanos(99) / 1e6;
        findings.Row(
            "CPU runner alone: p99 of one half beyond the other's",
            Math.Abs(ways.Alone.Millis(99) - ways.AloneAgain.Millis(99)),
            "ms"
        );
        findings.Row("race: core time of both runners for a forecast", ways.Race.CoreMicros, "µs");
        findings.Row("adaptive delay: core time of both runners for a forecast", ways.Adaptive.CoreMicros, "µs");
        findings.Row("adaptive delay: core time saved", 100 * (1 - (ways.Adaptive.CoreMicros / ways.Race.CoreMicros)), "%");
        findings.Row("race: forecasts for which both runners were asked", 100 * ways.Race.Pairs, "%");
        findings.Row("adaptive delay: forecasts for which both runners were asked", 100 * ways.Adaptive.Pairs, "%");
        findings.Control("CPU runner alone", Middle(ways.Alone.Medians.Zip(ways.AloneAgain.Medians, static (a, b) => a / b)));
        findings.AtMost("race_stalled_p99_over_alone", ways.Stalled.Millis(99) - alone, "ms", MostMillis);
        findings.AtMost("race_dead_p99_over_alone", ways.Dead.Millis(99) - alone, "ms", MostMillis);
        return findings.Report();
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>All ways to ask, each with a client of its own.</summary>
    private sealed class Ways : IDisposable
    {
        public Ways(RunnerLegs legs)
        {
            Alone = RaceEntry.Create(null, legs.Cpu);
            AloneAgain = RaceEntry.Create(null, legs.Cpu);
            OtherAlone = RaceEntry.Create(legs.Other, null);
            Race = RaceEntry.Create(legs.Other, legs.Cpu);
            Stalled = RaceEntry.Create(legs.Stalled, legs.Cpu);
            Dead = RaceEntry.Create(legs.Dead, legs.Cpu);
            Adaptive = RaceEntry.Create(legs.Other, legs.Cpu, ("AdaptiveDelay", "true"));

            // The healthy leg alone between all others, twice: what it is compared with comes from the same minute.
            InTurn = [Alone, Race, OtherAlone, Stalled, AloneAgain, Dead, Adaptive];
        }

        public RaceEntry Alone { get; }

        public RaceEntry AloneAgain { get; }

        public RaceEntry OtherAlone { get; }

        public RaceEntry Race { get; }

        public RaceEntry Stalled { get; }

        public RaceEntry Dead { get; }

        public RaceEntry Adaptive { get; }

        public List<RaceEntry> InTurn { get; }

        public LatencyHistogram BothAlone
        {
            get
            {
                var both = new LatencyHistogram();
                both.Add(Alone.Latency);
                both.Add(AloneAgain.Latency);
                return both;
            }
        }

        public IEnumerable<(string Name, RaceEntry Way)> ByName(string provider) =>
            [
                ("CPU runner alone", Alone),
                ("CPU runner alone, again", AloneAgain),
                ($"second runner (tensorrt-runner on {provider}) alone", OtherAlone),
                ("race of both", Race),
                ("race, second runner stalled by 200 ms", Stalled),
                ("race, second runner dead", Dead),
                ("race with adaptive delay", Adaptive),
            ];

        public void Dispose() => InTurn.ForEach(static way => way.Dispose());
    }
}
