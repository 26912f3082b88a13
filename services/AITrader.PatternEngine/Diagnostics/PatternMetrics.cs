using System.Diagnostics;
using System.Diagnostics.Metrics;
using AITrader.Messaging;
using AITrader.PatternEngine.Engine;
using AITrader.Signals.Engine;

namespace AITrader.PatternEngine.Diagnostics;

/// <summary>What the engine counts.</summary>
internal sealed class PatternMetrics
{
    public const string Name = "AITrader.PatternEngine";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly double[] Quantiles = [0.5, 0.99, 0.999];

    private readonly TimeProvider _time;
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _signals;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _tickToSignal;
    private (ShardedEngine Engine, EngineStore Store)? _watched;

    public PatternMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(Name);
#pragma warning restore CA2000
        _ticks = meter.CreateCounter<long>("aitrader.pattern.ticks", "{tick}", "Ticks that went through the indicators.");
        _signals = meter.CreateCounter<long>("aitrader.pattern.signals", "{signal}", "Signals published, by pattern.");
        _repeated = meter.CreateCounter<long>(
            "aitrader.pattern.ticks_repeated",
            "{tick}",
            "Entries that had been handled before and were passed over."
        );
        _refused = meter.CreateCounter<long>(
            "aitrader.pattern.ticks_refused",
            "{tick}",
            "Ticks with numbers that the hot path cannot carry."
        );
        _tickToSignal = meter.CreateHistogram<double>(
            "aitrader.pattern.tick_to_signal",
            "s",
            "From the tick's arrival in Redis to the signal's commit.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
            }
        );
        meter.CreateObservableGauge(
            "aitrader.engine.rents",
            Rents,
            "{buffer}",
            "Buffers out of their pools; 0 between batches, or there is a leak."
        );
        meter.CreateObservableGauge("aitrader.engine.waiting", Waiting, "{tick}", "Ticks in the shards' rings.");
        meter.CreateObservableCounter("aitrader.engine.ticks", Handled, "{tick}", "Ticks that each shard handled.");
        meter.CreateObservableGauge(
            "aitrader.engine.tick_to_signal",
            Latency,
            "s",
            "From a tick's entry into the engine to its signals' leaving it, by quantile, since the start."
        );
    }

    /// <summary>The engine to report on from now.</summary>
    public void Watch(ShardedEngine engine, EngineStore store) => _watched = (engine, store);

    /// <summary>Counts a committed batch.</summary>
    public void Record(BatchResult batch)
    {
        _ticks.Add(batch.Ticks);
        _repeated.Add(batch.Repeated);
        _refused.Add(batch.Refused.Count);
        if (batch.Signals.Count == 0)
        {
            return;
        }

        var now = _time.GetUtcNow();
        foreach (var (signal, entry) in batch.Signals)
        {
            _signals.Add(1, new KeyValuePair<string, object?>("pattern", signal.Pattern));
            var arrived = DateTimeOffset.FromUnixTimeMilliseconds(EntryPlace.Parse(entry.Id).Millis);
            _tickToSignal.Record(Math.Max(0, (now - arrived).TotalSeconds));
        }
    }

    private IEnumerable<Measurement<long>> Rents() =>
        _watched is var (engine, store)
            ?
            [
                new(engine.Statistics.Sum(static shard => shard.WindowsInUse), new KeyValuePair<string, object?>("pool", "windows")),
                new(store.InUse, new KeyValuePair<string, object?>("pool", "states")),
            ]
            : [];

    private IEnumerable<Measurement<long>> Waiting() => ByShard(static shard => shard.Waiting);

    private IEnumerable<Measurement<long>> Handled() => ByShard(static shard => shard.Ticks);

    private IEnumerable<Measurement<long>> ByShard(Func<ShardStatistics, long> read) =>
        _watched is var (engine, _)
            ? engine.Statistics.Select(
                (shard, number) => new Measurement<long>(read(shard), new KeyValuePair<string, object?>("shard", number))
            )
            : [];

    private IEnumerable<Measurement<double>> Latency()
    {
        if (_watched is not var (engine, _))
        {
            return [];
        }

        var latency = engine.Latency();
        return Quantiles.Select(quantile => new Measurement<double>(
            latency.PercentileNanos(100 * quantile) / 1e9,
            new KeyValuePair<string, object?>("quantile", quantile)
        ));
    }
}
