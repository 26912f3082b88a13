using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>The result of one request.</summary>
/// <param name="Outputs">All outputs of the model, in the order of the model.</param>
/// <param name="Queue">Time that the request waited before the run.</param>
/// <param name="CopyIn">Time to copy inputs into bound memory.</param>
/// <param name="Compute">Duration of the run.</param>
/// <param name="CopyOut">Time to copy outputs out.</param>
/// <param name="BatchSize">Number of requests that ran together.</param>
internal sealed record CompletedRun(Tensor[] Outputs, TimeSpan Queue, TimeSpan CopyIn, TimeSpan Compute, TimeSpan CopyOut, int BatchSize)
{
    /// <summary>The members that an ensemble's answer is made of, each with its version and its share; else empty.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Whether the answer was looked for in a cache, and found.</summary>
    public CacheLookup Lookup { get; init; }

    /// <summary>How long looking took.</summary>
    public TimeSpan LookupTime { get; init; }

    /// <summary>Outputs for which nothing was run.</summary>
    public static CompletedRun Of(Tensor[] outputs) =>
        new(outputs, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, BatchSize: 1);
}

/// <summary>What a response cache had for a request.</summary>
internal enum CacheLookup
{
    /// <summary>There is no cache.</summary>
    None,

    /// <summary>The answer.</summary>
    Hit,

    /// <summary>Nothing.</summary>
    Miss,
}

/// <summary>Runs requests on the lanes of a model.</summary>
internal interface IExecutor : IAsyncDisposable
{
    /// <summary>Number of requests that wait or run.</summary>
    int Pending { get; }

    /// <param name="inputs">The inputs in the order of the model, already checked.</param>
    /// <param name="terms">How the request wants to be served.</param>
    /// <param name="cancellationToken">Removes the request from the queue, or stops the run.</param>
    /// <exception cref="InferenceException">The request was refused, timed out or failed.</exception>
    ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CallTerms terms, CancellationToken cancellationToken);
}

/// <summary>Runs each request alone, for the lowest latency.</summary>
internal sealed class DirectExecutor(LanePool lanes, TimeProvider clock) : IExecutor
{
    private int _pending;

    public int Pending => Volatile.Read(ref _pending);

    public async ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CallTerms terms, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            var start = clock.GetTimestamp();
            var lane = await lanes.RentAsync(terms.Priority, cancellationToken);
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
