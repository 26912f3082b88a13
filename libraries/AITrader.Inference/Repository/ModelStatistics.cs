using AITrader.Inference.Execution;

namespace AITrader.Inference.Repository;

/// <summary>Cumulative totals of one version, as the protocol's statistics report them. Safe from any thread.</summary>
internal sealed class ModelStatistics(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, BatchTotals> _batches = [];
    private Totals _totals;

    public Totals Read()
    {
        lock (_gate)
        {
            return _totals;
        }
    }

    /// <summary>The totals by size of the batch; its sizes are as many as the model's largest batch has requests.</summary>
    public IReadOnlyList<BatchTotals> ReadBatches()
    {
        lock (_gate)
        {
            return [.. _batches.Values];
        }
    }

    public void Succeeded(CompletedRun done, TimeSpan total)
    {
        lock (_gate)
        {
            _totals = _totals with
            {
                LastInference = clock.GetUtcNow(),
                Success = _totals.Success.Plus(total),
                CacheHit = done.Lookup == CacheLookup.Hit ? _totals.CacheHit.Plus(done.LookupTime) : _totals.CacheHit,
                CacheMiss = done.Lookup == CacheLookup.Miss ? _totals.CacheMiss.Plus(done.LookupTime) : _totals.CacheMiss,
            };
            if (done.Lookup == CacheLookup.Hit)
            {
                return;
            }

            _batches[done.BatchSize] = _batches.GetValueOrDefault(done.BatchSize, new BatchTotals(done.BatchSize)).Plus(done);
            _totals = _totals with
            {
                Queue = _totals.Queue.Plus(done.Queue),
                Input = _totals.Input.Plus(done.CopyIn),
                Compute = _totals.Compute.Plus(done.Compute),
                Output = _totals.Output.Plus(done.CopyOut),
                Executions = _totals.Executions + (1.0 / done.BatchSize),
            };
        }
    }

    public void Failed(TimeSpan total)
    {
        lock (_gate)
        {
            _totals = _totals with { Fail = _totals.Fail.Plus(total) };
        }
    }

    /// <summary>Number of requests, and their total duration.</summary>
    public readonly record struct Duration(long Count, TimeSpan Total)
    {
        public Duration Plus(TimeSpan one) => new(Count + 1, Total + one);
    }

    /// <summary>Runs of one size of batch, and how long their parts took.</summary>
    public sealed record BatchTotals(int Size)
    {
        private double _executions;

        public long Executions => (long)Math.Round(_executions);

        public TimeSpan Input { get; private init; }

        public TimeSpan Compute { get; private init; }

        public TimeSpan Output { get; private init; }

        // Each request of a batch brings its share of the run.
        public BatchTotals Plus(CompletedRun done) =>
            this with
            {
                _executions = _executions + (1.0 / Size),
                Input = Input + (done.CopyIn / Size),
                Compute = Compute + (done.Compute / Size),
                Output = Output + (done.CopyOut / Size),
            };
    }

    /// <summary>The totals since the version was loaded.</summary>
    public readonly record struct Totals(
        DateTimeOffset LastInference,
        Duration Success,
        Duration Fail,
        Duration Queue,
        Duration Input,
        Duration Compute,
        Duration Output,
        Duration CacheHit,
        Duration CacheMiss,
        double Executions
    )
    {
        /// <summary>Time of the last success in milliseconds since 1970; zero before the first.</summary>
        public long LastInferenceMilliseconds => Success.Count == 0 ? 0 : LastInference.ToUnixTimeMilliseconds();

        /// <summary>Number of runs; a batch is one.</summary>
        public long ExecutionCount => (long)Math.Round(Executions);
    }
}
