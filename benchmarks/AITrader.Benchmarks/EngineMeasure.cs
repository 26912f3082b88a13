using System.Diagnostics;
using System.Globalization;
using AITrader.Markets;
using AITrader.Markets.Engine;
using AITrader.Markets.Patterns;

namespace AITrader.Benchmarks;

/// <summary>Ticks offered to the engine at a fixed rate, whether or not it keeps up, and how long each signal took from its tick's post to leaving the shard.</summary>
internal sealed class EngineMeasure
{
    private const int Rounds = 15;
    private const int Ticks = 400_000;
    private const int Symbols = 64;
    private const int StepMicros = 1_000;
    private const double Rate = 1_000_000;
    private const double Goal = 10;
    private const double NanosPerMicro = 1e3;
    private const int NeverSleep = 1_000_000_000;

    private readonly MarketTick[] _ticks = SampleTicks.Trades(Ticks, Symbols, StepMicros);

    public void Run(Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        var expected = Expected();
        List<LatencyHistogram> rounds = [];
        List<double> rates = [];
        var allocated = long.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"engine at {Rate / 1e6:N0}M ticks/s, round {round} of {Rounds}"));
            using var engine = Engine();
            var (rate, signals, bytes) = Offer(engine);
            if (signals != expected)
            {
                throw new InvalidOperationException($"The engine gave {signals} signals, the patterns alone {expected}.");
            }

            if (round > 0)
            {
                rounds.Add(engine.Latency());
                rates.Add(rate);
                allocated = Math.Min(allocated, bytes);
            }
        }

        Report(findings, rounds, rates, allocated);
    }

    private static void Report(Findings findings, List<LatencyHistogram> rounds, List<double> rates, long allocated)
    {
        findings.Row("engine: reached rate", ShortSlices.Median(rates), "ticks/s");
        findings.Row("engine: ticks with signals, a round", rounds[0].Count, "");
        foreach (var (name, percent) in (ReadOnlySpan<(string, double)>)[("p50", 50), ("p99", 99), ("p99.9", 99.9), ("max", 100)])
        {
            findings.Row($"engine: tick -> signal {name}, median of {Rounds} rounds", Micros(rounds, percent), "µs");
        }

        findings.AtMost("engine_tick_to_signal_p999_at_1M", Micros(rounds, 99.9), "µs", Goal);
        findings.AtMost("engine_allocation", allocated, "B", 0);

        // Of rates: percentiles are no ratios, and what the machine does to them stands beside them as the floor's rows.
        findings.Control("engine: reached rate, even rounds to odd", ShortSlices.Median([.. rates.Where(static (_, i) => i % 2 == 0)]) / ShortSlices.Median([.. rates.Where(static (_, i) => i % 2 == 1)]));
    }

    private static double Micros(List<LatencyHistogram> rounds, double percent) =>
        ShortSlices.Median(rounds.ConvertAll(round => round.PercentileNanos(percent) / NanosPerMicro));

    private static ShardedEngine Engine()
    {
        var engine = new ShardedEngine(new EngineSettings { Shards = 1, RingCapacity = 1 << 14, Spins = NeverSleep });
        Enumerable.Range(0, Symbols).ToList().ForEach(i => engine.Symbols.Intern($"S{i}"));
        return engine;
    }

    private int Expected()
    {
        var names = new SymbolTable();
        Enumerable.Range(0, Symbols).ToList().ForEach(i => names.Intern($"S{i}"));
        var bank = new PatternBank(PatternSettings.Default, names);
        var found = new Detection[PatternCatalogue.Count];
        return _ticks.Sum(tick => bank.Apply(tick, found));
    }

    // Each tick is due at its time; one that is late is posted at once, and the next ones keep their times.
    private (double Rate, int Signals, long Bytes) Offer(ShardedEngine engine)
    {
        var perTick = Stopwatch.Frequency / Rate;
        var signals = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        long hotBytes = 0;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _ticks.Length; i++)
        {
            var due = started + (long)(i * perTick);
            while (Stopwatch.GetTimestamp() < due)
            {
                signals += Drain(engine);
            }

            while (!engine.TryPost(_ticks[i]))
            {
                signals += Drain(engine);
            }

            if (i == Symbols)
            {
                // Every symbol is known from here on.
                bytes = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        while (engine.Take(out var signal))
        {
            engine.Release(signal);
            signals++;
        }

        var rate = _ticks.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        hotBytes = engine.Statistics.Sum(static shard => shard.AllocatedBytes);
        return (rate, signals, bytes + hotBytes);
    }

    private static int Drain(ShardedEngine engine)
    {
        var signals = 0;
        while (engine.TryTake(out var signal))
        {
            engine.Release(signal);
            signals++;
        }

        return signals;
    }
}
