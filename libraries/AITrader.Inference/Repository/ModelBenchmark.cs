using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Repository;

/// <summary>What to measure.</summary>
internal sealed record BenchmarkRequest
{
    /// <summary>The model's name.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>Number or label; the stable version unless set.</summary>
    public string? Version { get; set; }

    /// <summary>Shapes of the inputs, by name; the warm-up's unless set.</summary>
    public IReadOnlyDictionary<string, long[]>? Shapes { get; set; }

    /// <summary>Runs at most; 1000.</summary>
    public int Runs { get; set; } = 1000;

    /// <summary>Seconds at most; 5.</summary>
    public double Seconds { get; set; } = 5;

    /// <summary>Requests at a time; 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <exception cref="InferenceException">A number is out of its bounds.</exception>
    public void Check()
    {
        if (Model.Length == 0 || Runs is < 1 or > 100_000 || Seconds is not (> 0 and <= 30) || Concurrency is < 1 or > 64)
        {
            throw InferenceException.BadRequest(
                "a benchmark needs 'model', and at most: 'runs' 1..100000 (1000), 'seconds' up to 30 (5), 'concurrency' 1..64 (1)"
            );
        }
    }
}

/// <summary>What was measured; latencies by nearest rank.</summary>
internal sealed record BenchmarkResult(
    string Model,
    string Version,
    string Provider,
    int Runs,
    int Failures,
    int Concurrency,
    double Seconds,
    double RunsPerSecond,
    double P50Us,
    double P95Us,
    double P99Us,
    double MaxUs
);

/// <summary>Measures one model where it is served: through its queue, past its cache, behind whoever else waits.</summary>
/// <remarks>One at a time; its runs are in no statistics.</remarks>
internal sealed class ModelBenchmark(ModelRepository models, TimeProvider clock) : IDisposable
{
    private static readonly CallTerms Behind = CallTerms.Usual with { Priority = 3 };

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <exception cref="InferenceException">It cannot be measured now, or not so.</exception>
    public async Task<BenchmarkResult> RunAsync(BenchmarkRequest request, CancellationToken cancellationToken)
    {
        request.Check();
        var version = models.Hold(request.Model, request.Version);
        try
        {
            if (!await _one.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                throw InferenceException.Unavailable("another benchmark is running");
            }

            try
            {
                return await MeasureAsync(request, version, Inputs(request, version), cancellationToken);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            version.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private Tensor[] Inputs(BenchmarkRequest request, ModelVersion version)
    {
        try
        {
            return SampleInputs.Of(version.Signature, request.Shapes ?? models.FindEntry(request.Model).Configuration.WarmUp, "shapes");
        }
        catch (ModelLoadException refusal)
        {
            throw InferenceException.BadRequest(refusal.Message, refusal);
        }
    }

    private async Task<BenchmarkResult> MeasureAsync(
        BenchmarkRequest request,
        ModelVersion version,
        Tensor[] inputs,
        CancellationToken cancellationToken
    )
    {
        // Once beforehand: memory for these shapes is bound, and a shape that does not fit is said instead of counted.
        await version.RunAsync(inputs, Behind, cancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(request.Seconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var round = new Round(request.Runs);
        var start = clock.GetTimestamp();
        await Task.WhenAll(
            Enumerable.Range(0, request.Concurrency).Select(_ => Task.Run(() => RepeatAsync(version, inputs, round, either.Token)))
        );
        cancellationToken.ThrowIfCancellationRequested();
        return round.Result(version, request.Concurrency, clock.GetElapsedTime(start));
    }

    private async Task RepeatAsync(ModelVersion version, Tensor[] inputs, Round round, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && round.TryBegin())
        {
            var start = clock.GetTimestamp();
            try
            {
                await version.RunAsync(inputs, Behind, stop);
                round.Succeeded(clock.GetElapsedTime(start));
            }
            catch (InferenceException)
            {
                round.Failed();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The time is over: a run that was cut short is no measurement.
                return;
            }
        }
    }

    private sealed class Round(int runs)
    {
        private readonly double[] _micros = new double[runs];
        private int _begun;
        private int _done;
        private int _failures;

        public bool TryBegin() => Interlocked.Increment(ref _begun) <= runs;

        public void Succeeded(TimeSpan latency) => _micros[Interlocked.Increment(ref _done) - 1] = latency.TotalMicroseconds;

        public void Failed() => Interlocked.Increment(ref _failures);

        public BenchmarkResult Result(ModelVersion version, int concurrency, TimeSpan elapsed)
        {
            var sorted = _micros.AsSpan(0, _done);
            sorted.Sort();
            return new BenchmarkResult(
                version.Identity.Name,
                version.Identity.VersionText,
                version.Provider,
                _done,
                _failures,
                concurrency,
                elapsed.TotalSeconds,
                _done / elapsed.TotalSeconds,
                At(sorted, 0.50),
                At(sorted, 0.95),
                At(sorted, 0.99),
                At(sorted, 1)
            );
        }

        private static double At(ReadOnlySpan<double> sorted, double rank) =>
            sorted.IsEmpty ? 0 : sorted[Math.Clamp((int)Math.Ceiling(rank * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
