using AITrader.Signals.Engine;

namespace AITrader.Benchmarks;

/// <summary>Rounds of the same ticks put together: what holds for the engine, and what for the machine.</summary>
/// <param name="what">What the rows are called.</param>
/// <param name="ticks">The ticks that count: numbers, ascending.</param>
/// <param name="microsPerTick">Time from one to the next.</param>
internal sealed class EngineRounds(string what, IReadOnlyList<int> ticks, double microsPerTick)
{
    private const double NanosPerMicro = 1e3;

    private readonly List<LatencyHistogram> _all = [];
    private readonly LatencyHistogram _undisturbed = new();
    private readonly List<float[]> _handling = [];
    private readonly List<double> _afterPause = [];
    private readonly List<double> _shardLost = [];
    private readonly List<double> _posterLost = [];

    public void Add(EngineTimes times)
    {
        var after = times.AfterPause();
        var all = new LatencyHistogram();
        foreach (var tick in ticks)
        {
            all.Record((long)times.Latency(tick));
            if (!after[tick])
            {
                _undisturbed.Record((long)times.Latency(tick));
            }
        }

        _all.Add(all);
        _handling.Add([.. times.All.Select(tick => (float)times.Handling(tick))]);
        _afterPause.Add(times.Counted.Average(tick => after[tick] ? 1.0 : 0.0));
        _shardLost.Add(times.Lost(times.Handling));
        _posterLost.Add(times.Lost(times.Posting));
    }

    /// <summary>Microseconds from post until all detectors had spoken and signals were gone, that so many percent of the ticks did not
    /// exceed: the median of the rounds.</summary>
    public double Micros(double percent) => ShortSlices.Median(_all.ConvertAll(round => round.PercentileNanos(percent) / NanosPerMicro));

    public void Report(Findings findings)
    {
        findings.Row($"{what}: ticks, a round", _all[0].Count, "");
        foreach (var (name, percent) in (ReadOnlySpan<(string, double)>)[("p50", 50), ("p99", 99), ("p99.9", 99.9), ("max", 100)])
        {
            findings.Row($"{what}: tick -> through {name}, median of {_all.Count} rounds", Micros(percent), "µs");
        }

        var handling = MiddleOfRounds(_handling);
        var queue = Queue(handling);
        findings.Row(
            $"{what}: ticks after a pause of a thread above {EngineTimes.PauseMicros} µs, until its backlog was gone",
            _afterPause.Average() * 100,
            "%"
        );
        findings.Row($"{what}: all other ticks: tick -> through p50", _undisturbed.PercentileNanos(50) / NanosPerMicro, "µs");
        findings.Row($"{what}: all other ticks: tick -> through p99", _undisturbed.PercentileNanos(99) / NanosPerMicro, "µs");
        findings.Row($"{what}: all other ticks: tick -> through p99.9", _undisturbed.PercentileNanos(99.9) / NanosPerMicro, "µs");
        findings.Row($"{what}: all other ticks: tick -> through max", _undisturbed.MaxNanos / NanosPerMicro, "µs");
        findings.Row(
            $"{what}: each tick as in its middle round, posted on time: tick -> through p99",
            queue.PercentileNanos(99) / NanosPerMicro,
            "µs"
        );
        findings.Row(
            $"{what}: each tick as in its middle round, posted on time: tick -> through p99.9",
            queue.PercentileNanos(99.9) / NanosPerMicro,
            "µs"
        );
        findings.Row(
            $"{what}: ticks that take the shard above 1 µs in their middle round",
            handling.Count(static nanos => nanos > NanosPerMicro),
            ""
        );
        findings.Row($"{what}: time that the shard's thread lost in pauses", _shardLost.Average() * 100, "%");
        findings.Row($"{what}: time that the posting thread lost in pauses", _posterLost.Average() * 100, "%");
    }

    /// <summary>What a thread that is never interrupted would have: a tick waits for those before it, each of which takes as long as in its
    /// middle round.</summary>
    private LatencyHistogram Queue(float[] handling)
    {
        var latency = new LatencyHistogram();
        var counted = ticks.ToHashSet();
        var work = 0.0;
        for (var tick = 0; tick < handling.Length; tick++)
        {
            work = Math.Max(0, work - (microsPerTick * NanosPerMicro)) + handling[tick];
            if (counted.Contains(tick))
            {
                latency.Record((long)work);
            }
        }

        return latency;
    }

    /// <summary>Of each tick the median of its rounds.</summary>
    private static float[] MiddleOfRounds(List<float[]> rounds)
    {
        var middle = new float[rounds[0].Length];
        var one = new float[rounds.Count];
        for (var tick = 0; tick < middle.Length; tick++)
        {
            for (var round = 0; round < one.Length; round++)
            {
                one[round] = rounds[round][tick];
            }

            Array.Sort(one);
            middle[tick] = one[one.Length / 2];
        }

        return middle;
    }
}
