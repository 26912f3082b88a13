using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;

namespace AITrader.Benchmarks;

/// <summary>Ticks offered to the engine at a fixed rate, whether or not it keeps up, and how long each took from its post until all
/// detectors had spoken and its signals had left the shard.</summary>
internal sealed class EngineMeasure
{
    private const int Rounds = 15;
    private const int Ticks = 400_000;
    private const int Symbols = 64;
    private const double Rate = 1_000_000;
    private const double Goal = 10;
    private const int NeverSleep = 1_000_000_000;

    private const int First = 40_000;
    private const int MostWarmUps = 20;
    private const int CalmWarmUps = 3;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    // One for all rounds: memory that is touched for the first time is a pause of its own.
    private static readonly EngineTimes Times = new(Ticks, First);

    private readonly string _what;
    private readonly PackedTick[] _ticks;

    private EngineMeasure(string what, int stepMicros) => (_what, _ticks) = (what, SampleTicks.Trades(Ticks, Symbols, stepMicros));

    public static void Run(Findings findings, IProgress<string> progress, CancellationToken ct)
    {
        // The market's clock goes as the wall's: bars of all symbols close together once a minute, which no round contains.
        var p999 = new EngineMeasure("engine", stepMicros: 1).Run(findings, signalsOnly: false, progress, ct);
        findings.AtMost("engine_tick_to_signal_p999_at_1M", p999, "µs", Goal);

        // A thousand times as fast every round has several closes of 64 symbols, and many ticks with signals: what a close costs those who
        // wait for it.
        new EngineMeasure("engine, market's clock x1000, ticks with signals", stepMicros: 1_000).Run(
            findings,
            signalsOnly: true,
            progress,
            ct
        );
    }

    private double Run(Findings findings, bool signalsOnly, IProgress<string> progress, CancellationToken ct)
    {
        var signalsOf = SignalsOfTicks();
        var expected = signalsOf.Sum();
        WarmUp(progress, expected, ct);
        var all = new EngineRounds(_what, [.. Times.Counted.Where(tick => !signalsOnly || signalsOf[tick] > 0)], 1e6 / Rate);
        List<Round> rounds = [];
        for (var round = 1; round <= Rounds; round++)
        {
            ct.ThrowIfCancellationRequested();
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"{_what} at {Rate / 1e6:N0}M ticks/s, round {round} of {Rounds}"));
            rounds.Add(Once(expected, all));
        }

        all.Report(findings);
        Report(findings, rounds);
        findings.Row($"{_what}: signals, a round", expected, "");
        return all.Micros(99.9);
    }

    // Until nothing is compiled any more: the compiler's thread takes a core from the two that are measured.
    private void WarmUp(IProgress<string> progress, int expected, CancellationToken ct)
    {
        var calm = 0;
        for (var round = 1; round <= MostWarmUps && calm < CalmWarmUps; round++)
        {
            ct.ThrowIfCancellationRequested();
            progress.Report($"{_what}, warming up: round {round}");
            calm = Once(expected, new EngineRounds(_what, [], 1e6 / Rate)).Compiled == 0 ? calm + 1 : 0;
        }
    }

    private Round Once(int expected, EngineRounds all)
    {
        Settle();
        GC.Collect();
        var collections = GC.CollectionCount(0);
        using var engine = Engine(Times);
        var compiled = JitInfo.GetCompiledMethodCount();
        var kernel = KernelTimes.Now();
        var (seconds, signals, bytes) = Offer(engine, Times);
        kernel = KernelTimes.Now() - kernel;
        compiled = JitInfo.GetCompiledMethodCount() - compiled;
        if (signals != expected)
        {
            throw new InvalidOperationException($"The engine gave {signals} signals, the patterns alone {expected}.");
        }

        all.Add(Times);
        return new Round(seconds, bytes, GC.CollectionCount(0) - collections, compiled, kernel);
    }

    // What was used much is compiled anew some 100 ms later: not meanwhile, please.
    private static void Settle()
    {
        for (var before = -1L; before != JitInfo.GetCompiledMethodCount(); )
        {
            before = JitInfo.GetCompiledMethodCount();
            Thread.Sleep(Quiet);
        }
    }

    private void Report(Findings findings, List<Round> rounds)
    {
        var rates = rounds.ConvertAll(static round => Ticks / round.Seconds);
        var time = rounds.Sum(static round => round.Seconds);
        findings.Row($"{_what}: reached rate", ShortSlices.Median(rates), "ticks/s");
        findings.Row($"{_what}: collections", rounds.Sum(static round => round.Collections), "");
        findings.Row($"{_what}: methods compiled meanwhile", rounds.Sum(static round => round.Compiled), "");
        findings.Row(
            $"{_what}: kernel: both threads ready without a core",
            100 * rounds.Sum(static round => round.Kernel.WaitedSeconds) / (2 * time),
            "%"
        );
        findings.Row(
            $"{_what}: kernel: stolen from the machine's cores",
            100 * rounds.Sum(static round => round.Kernel.StolenSeconds) / (Environment.ProcessorCount * time),
            "%"
        );
        findings.AtMost(
            _what == "engine" ? "engine_allocation" : "engine_allocation_x1000",
            rounds.Min(static round => round.Bytes),
            "B",
            0
        );

        // Of rates: percentiles are no ratios, and what the machine does to them stands beside them.
        List<double> Every(int rest) => [.. rounds.Where((_, i) => i % 2 == rest).Select(static round => 1 / round.Seconds)];
        findings.Control($"{_what}: reached rate, even rounds to odd", ShortSlices.Median(Every(0)) / ShortSlices.Median(Every(1)));
    }

    private static ShardedEngine Engine(EngineTimes times)
    {
        var engine = new ShardedEngine(
            new EngineSettings
            {
                Shards = 1,
                RingCapacity = 1 << 14,
                Spins = NeverSleep,
                HandledAt = times.Handled,
            }
        );
        Enumerable.Range(0, Symbols).ToList().ForEach(i => engine.Symbols.Intern($"S{i}"));
        return engine;
    }

    private int[] SignalsOfTicks()
    {
        var names = new SymbolTable();
        Enumerable.Range(0, Symbols).ToList().ForEach(i => names.Intern($"S{i}"));
        var bank = new PatternBank(PatternSettings.Default, names);
        var found = new Detection[PatternCatalogue.BuiltIn.Count];
        return Array.ConvertAll(_ticks, tick => bank.Apply(tick, found));
    }

    // Each tick is due at its time; one that is late is posted at once, and the next ones keep their times.
    private (double Seconds, int Signals, long Bytes) Offer(ShardedEngine engine, EngineTimes times)
    {
        var perTick = Stopwatch.Frequency / Rate;
        var signals = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        long hotBytes = 0;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _ticks.Length; i++)
        {
            var due = started + (long)(i * perTick);
            times.Due[i] = due;
            while ((times.Posted[i] = Stopwatch.GetTimestamp()) < due)
            {
                signals += Drain(engine);
            }

            while (!engine.TryPost(_ticks[i]))
            {
                signals += Drain(engine);
                times.Posted[i] = Stopwatch.GetTimestamp();
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

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        hotBytes = engine.Statistics.Sum(static shard => shard.AllocatedBytes);
        return (seconds, signals, bytes + hotBytes);
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

    private sealed record Round(double Seconds, long Bytes, int Collections, long Compiled, KernelTimes Kernel);
}
