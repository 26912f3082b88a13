using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
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
    private readonly Histogram<double> _classified;
    private readonly Counter<long> _classes;
    private readonly ConcurrentDictionary<string, (ShardedEngine Engine, Func<long> StatesInUse)> _watched = new(StringComparer.Ordinal);

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
        (_classes, _classified) = ClassifierInstruments(meter);
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
        AddEngineInstruments(meter);
    }

    /// <summary>The engine of a lane to report on from now.</summary>
    /// <param name="lane">Name of the lane.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="statesInUse">Rented buffers of saved states.</param>
    public void Watch(string lane, ShardedEngine engine, Func<long> statesInUse) => _watched[lane] = (engine, statesInUse);

    /// <summary>Counts the ticks of a committed batch.</summary>
    /// <param name="handled">Ticks that went through the indicators.</param>
    /// <param name="repeated">Entries that had been handled before.</param>
    /// <param name="refused">Entries that the hot path cannot carry.</param>
    public void Ticks(int handled, int repeated, int refused)
    {
        _ticks.Add(handled);
        _repeated.Add(repeated);
        _refused.Add(refused);
    }

    /// <summary>Counts signals that a classifier was asked about.</summary>
    public void Classified(string outcome, int signals, TimeSpan took)
    {
        _classes.Add(signals, new KeyValuePair<string, object?>("outcome", outcome));
        _classified.Record(took.TotalSeconds);
    }

    /// <summary>Counts a committed signal.</summary>
    /// <param name="arrived">When its tick arrived in Redis.</param>
    public void Signal(string pattern, DateTimeOffset arrived)
    {
        _signals.Add(1, new KeyValuePair<string, object?>("pattern", pattern));
        _tickToSignal.Record(Math.Max(0, (_time.GetUtcNow() - arrived).TotalSeconds));
    }

    private static (Counter<long>, Histogram<double>) ClassifierInstruments(Meter meter)
    {
        var classes = meter.CreateCounter<long>(
            "aitrader.pattern.classified",
            "{signal}",
            "Signals that a classifier was asked about, by outcome: answered, late, failed or cut off."
        );
        var times = meter.CreateHistogram<double>(
            "aitrader.pattern.classify_time",
            "s",
            "Time that signals waited for their class.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 1, 10] }
        );
        return (classes, times);
    }

    private void AddEngineInstruments(Meter meter)
    {
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

    private IEnumerable<Measurement<long>> Rents() =>
        _watched.SelectMany(static watched =>
            new Measurement<long>[]
            {
                new(watched.Value.Engine.Statistics.Sum(static shard => shard.WindowsInUse), Tags(watched.Key, "pool", "windows")),
                new(watched.Value.StatesInUse(), Tags(watched.Key, "pool", "states")),
            }
        );

    private IEnumerable<Measurement<long>> Waiting() => ByShard(static shard => shard.Waiting);

    private IEnumerable<Measurement<long>> Handled() => ByShard(static shard => shard.Ticks);

    private IEnumerable<Measurement<long>> ByShard(Func<ShardStatistics, long> read) =>
        _watched.SelectMany(watched =>
            watched.Value.Engine.Statistics.Select(
                (shard, number) => new Measurement<long>(read(shard), Tags(watched.Key, "shard", number))
            )
        );

    private IEnumerable<Measurement<double>> Latency() =>
        _watched.SelectMany(static watched =>
        {
            var latency = watched.Value.Engine.Latency();
            return Quantiles.Select(quantile => new Measurement<double>(
                latency.PercentileNanos(100 * quantile) / 1e9,
                Tags(watched.Key, "quantile", quantile)
            ));
        });

    private static KeyValuePair<string, object?>[] Tags(string lane, string name, object? value) => [new("lane", lane), new(name, value)];
}
