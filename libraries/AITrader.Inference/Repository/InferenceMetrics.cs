using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AITrader.Inference.Diagnostics;
using AITrader.Inference.Execution;

namespace AITrader.Inference.Repository;

/// <summary>Metrics of an inference server, by model and version.</summary>
internal sealed class InferenceMetrics
{
    private readonly ConcurrentDictionary<ModelVersion, byte> _loaded = [];
    private readonly Counter<long> _requests;
    private readonly Counter<double> _executions;
    private readonly Counter<long> _loadFailures;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _compute;
    private readonly Histogram<long> _batch;
    private readonly Histogram<double> _error;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _cache;

    public InferenceMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(InferenceTelemetry.MeterName);
#pragma warning restore CA2000
        _requests = meter.CreateCounter<long>("aitrader.inference.requests", "{request}", "Requests by outcome.");
        _executions = meter.CreateCounter<double>("aitrader.inference.executions", "{run}", "Runs of a model; a batch is one.");
        _loadFailures = meter.CreateCounter<long>("aitrader.inference.load_failures", "{failure}", "Versions that could not be loaded.");
        _duration = meter.CreateHistogram<double>(
            "aitrader.inference.duration",
            "s",
            "From the parsed request to its result.",
            advice: Microseconds
        );
        _queue = meter.CreateHistogram<double>("aitrader.inference.queue", "s", "Time before the run.", advice: Microseconds);
        _compute = meter.CreateHistogram<double>("aitrader.inference.compute", "s", "Time of the run.", advice: Microseconds);
        _batch = meter.CreateHistogram<long>("aitrader.inference.batch", "{request}", "Requests that ran together.");
        _cache = meter.CreateCounter<long>("aitrader.inference.cache", "{look-up}", "Look-ups in response caches.");
        _error = meter.CreateHistogram(
            "aitrader.inference.outcome_error",
            "1",
            "How far forecasts lay from what came true, relative to it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 1] }
        );
        _outcomes = meter.CreateCounter<long>("aitrader.inference.outcomes", "{forecast}", "Scored forecasts by direction.");
        meter.CreateObservableGauge("aitrader.inference.pending", ObservePending, "{request}", "Requests that wait or run.");
        meter.CreateObservableGauge("aitrader.inference.loaded", ObserveLoaded, "{model}", "1 for each loaded version, with its provider.");
        meter.CreateObservableGauge(
            "aitrader.inference.step_downs",
            ObserveStepDowns,
            "{step}",
            "1 for each provider that did not hold, with the reason."
        );
        meter.CreateObservableGauge(
            "aitrader.inference.cpu_nodes",
            ObserveCpuNodes,
            "{node}",
            "Nodes of versions on a GPU that the CPU computes."
        );
    }

    private static InstrumentAdvice<double> Microseconds { get; } =
        new()
        {
            HistogramBucketBoundaries =
            [
                10e-6,
                25e-6,
                50e-6,
                100e-6,
                250e-6,
                500e-6,
                1e-3,
                2.5e-3,
                5e-3,
                10e-3,
                25e-3,
                50e-3,
                100e-3,
                250e-3,
                1,
                5,
            ],
        };

    public void Loaded(ModelVersion version) => _loaded[version] = 0;

    public void Unloaded(ModelVersion version) => _loaded.TryRemove(version, out _);

    public void LoadFailed(string model) => _loadFailures.Add(1, new KeyValuePair<string, object?>("model", model));

    public void Executed(ModelVersion version, CompletedRun done)
    {
        var (model, number) = (Model(version), Number(version));
        if (done.Lookup != CacheLookup.None)
        {
            _cache.Add(1, model, number, new("found", done.Lookup == CacheLookup.Hit ? "yes" : "no"));
        }

        if (done.Lookup == CacheLookup.Hit)
        {
            return;
        }

        _executions.Add(1.0 / done.BatchSize, model, number);
        _queue.Record(done.Queue.TotalSeconds, model, number);
        _compute.Record(done.Compute.TotalSeconds, model, number);
        _batch.Record(done.BatchSize, model, number);
    }

    public void Answered(ModelVersion version, string outcome, TimeSpan duration)
    {
        var (model, number) = (Model(version), Number(version));
        _requests.Add(1, model, number, new("outcome", outcome));
        _duration.Record(duration.TotalSeconds, model, number);
    }

    /// <summary>Counts a scored forecast; one without a relative error is not in the histogram.</summary>
    public void Scored(ModelVersion version, double? relativeError, bool? isDirectionRight)
    {
        var direction = isDirectionRight switch
        {
            true => "right",
            false => "wrong",
            null => "none",
        };
        _outcomes.Add(1, Model(version), Number(version), new("direction", direction));
        if (relativeError is { } error)
        {
            _error.Record(error, Model(version), Number(version));
        }
    }

    private IEnumerable<Measurement<long>> ObservePending() =>
        _loaded.Keys.Select(static version => new Measurement<long>(version.Pending, Model(version), Number(version)));

    private IEnumerable<Measurement<long>> ObserveLoaded() =>
        _loaded.Keys.Select(static version => new Measurement<long>(1, Model(version), Number(version), new("provider", version.Provider)));

    private IEnumerable<Measurement<long>> ObserveCpuNodes() =>
        _loaded
            .Keys.Where(static version => version.Choice.CpuNodes.Count > 0)
            .Select(static version => new Measurement<long>(version.Choice.CpuNodes.Count, Model(version), Number(version)));

    private IEnumerable<Measurement<long>> ObserveStepDowns() =>
        from version in _loaded.Keys
        from step in version.StepDowns
        select new Measurement<long>(
            1,
            Model(version),
            Number(version),
            new("provider", step.Provider.NameOf()),
            new("reason", step.Reason)
        );

    private static KeyValuePair<string, object?> Model(ModelVersion version) => new("model", version.Identity.Name);

    private static KeyValuePair<string, object?> Number(ModelVersion version) => new("version", version.Identity.VersionText);
}
