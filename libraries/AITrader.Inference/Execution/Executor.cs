using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>What a request got.</summary>
/// <param name="Outputs">All of the model's outputs, in its order.</param>
/// <param name="Queue">Time before the run.</param>
/// <param name="CopyIn">Time to copy inputs into bound memory.</param>
/// <param name="Compute">Time of the run.</param>
/// <param name="CopyOut">Time to copy outputs out.</param>
/// <param name="BatchSize">Requests that ran together.</param>
internal sealed record CompletedRun(Tensor[] Outputs, TimeSpan Queue, TimeSpan CopyIn, TimeSpan Compute, TimeSpan CopyOut, int BatchSize);

/// <summary>Runs requests on a model's lanes.</summary>
internal interface IExecutor : IAsyncDisposable
{
    /// <summary>Requests that wait or run.</summary>
    int Pending { get; }

    /// <param name="inputs">In the model's order, checked.</param>
    /// <param name="cancellationToken">Leaves the queue, or stops the run.</param>
    /// <exception cref="InferenceException">Refused, too late, or failed.</exception>
    ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CancellationToken cancellationToken);
}

/// <summary>Each request runs alone: the lowest latency.</summary>
internal sealed class DirectExecutor(LanePool lanes, TimeProvider clock) : IExecutor
{
    private int _pending;

    public int Pending => Volatile.Read(ref _pending);

    public async ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            var start = clock.GetTimestamp();
            var lane = await lanes.RentAsync(cancellationToken);
            try
            {
                var queued = clock.GetElapsedTime(start);
                var run = lane.Run(inputs, cancellationToken);
                return new CompletedRun(run.Outputs, queued, run.CopyIn, run.Compute, run.CopyOut, BatchSize: 1);
            }
            finally
            {
                lanes.Return(lane);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    public ValueTask DisposeAsync() => lanes.CloseAsync();
}
