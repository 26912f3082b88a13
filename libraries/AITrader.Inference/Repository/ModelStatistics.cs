using AITrader.Inference.Execution;

namespace AITrader.Inference.Repository;

/// <summary>Cumulative totals of one version, as the protocol's statistics report them. Safe from any thread.</summary>
internal sealed class ModelStatistics(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Totals _totals;

    public Totals Read()
    {
        lock (_gate)
        {
            return _totals;
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

    /// <summary>The totals since the version was loaded.</summary>
    public readonly record struct Totals(
        DateTimeOffset LastInference,
        Duration Success,
        Duration Fail,
        Duration Queue,
        Duration Input,
        Duration Compute,
        Duration Output,
        double Executions
    )
    {
        /// <summary>Time of the last success in milliseconds since 1970; zero before the first.</summary>
        public long LastInferenceMilliseconds => Success.Count == 0 ? 0 : LastInference.ToUnixTimeMilliseconds();

        /// <summary>Number of runs; a batch is one.</summary>
        public long ExecutionCount => (long)Math.Round(Executions);
    }
}
