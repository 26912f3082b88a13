using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>The outputs of one run, and the duration of its parts.</summary>
internal sealed record RunResult(Tensor[] Outputs, TimeSpan CopyIn, TimeSpan Compute, TimeSpan CopyOut);

/// <summary>Where a session computes.</summary>
/// <param name="IsOnDevice">Whether inputs have to reach a GPU.</param>
/// <param name="Fixed">Memory there whose addresses stay, for a captured CUDA graph; null where the runtime chooses.</param>
internal sealed record LaneMemory(bool IsOnDevice, DeviceMemory? Fixed)
{
    public static readonly LaneMemory Host = new(IsOnDevice: false, null);

    public static readonly LaneMemory Device = new(IsOnDevice: true, null);
}

/// <summary>One session of the runtime with its bound memory; used by one request at a time.</summary>
internal sealed class Lane(InferenceSession session, ModelSignature signature, LaneMemory memory, TimeProvider clock) : IDisposable
{
    // Callers use few shapes; the limit keeps a caller with many shapes from holding memory for all of them.
    private const int ShapesKept = 4;

    private readonly RunOptions _run = new();
    private readonly List<BoundShape> _bound = [];

    /// <summary>Runs the model on the calling thread.</summary>
    /// <exception cref="OperationCanceledException">The token stopped the run.</exception>
    /// <exception cref="InferenceException">The runtime refused or failed.</exception>
    public RunResult Run(ReadOnlySpan<Tensor> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var bound = Take(inputs);
            try
            {
                return Run(bound, inputs, cancellationToken);
            }
            finally
            {
                Keep(bound);
            }
        }
        catch (OnnxRuntimeException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The message starts with the error code of the runtime. Sizes that the model does not accept are the fault of the caller.
            throw failure.Message.StartsWith("[ErrorCode:InvalidArgument]", StringComparison.Ordinal)
                ? InferenceException.BadRequest(failure.Message, failure)
                : InferenceException.Internal(failure.Message, failure);
        }
    }

    public void Dispose()
    {
        _bound.ForEach(static bound => bound.Dispose());
        _run.Dispose();
        memory.Fixed?.Dispose();
        session.Dispose();
    }

    private RunResult Run(BoundShape bound, ReadOnlySpan<Tensor> inputs, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        bound.CopyIn(inputs);
        var copiedIn = clock.GetTimestamp();
        try
        {
            using var stop = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, _run);
            bound.Run(_run);
        }
        finally
        {
            // After the registration is disposed, so that a late cancellation cannot stop the next request.
            if (cancellationToken.IsCancellationRequested)
            {
                _run.Terminate = false;
            }
        }

        var computed = clock.GetTimestamp();
        var outputs = bound.CopyOut();
        return new RunResult(
            outputs,
            clock.GetElapsedTime(start, copiedIn),
            clock.GetElapsedTime(copiedIn, computed),
            clock.GetElapsedTime(computed)
        );
    }

    private BoundShape Take(ReadOnlySpan<Tensor> inputs)
    {
        for (var i = _bound.Count - 1; i >= 0; i--)
        {
            if (_bound[i].Fits(inputs))
            {
                var found = _bound[i];
                _bound.RemoveAt(i);
                return found;
            }
        }

        return new BoundShape(session, signature, inputs, memory);
    }

    // The most recently used shape is the last of the list.
    private void Keep(BoundShape bound)
    {
        if (!bound.IsReusable)
        {
            bound.Dispose();
            return;
        }

        _bound.Add(bound);
        if (_bound.Count > ShapesKept)
        {
            _bound[0].Dispose();
            _bound.RemoveAt(0);
        }
    }
}
