using System.Threading.Channels;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Execution;

/// <summary>The lanes (sessions) of one model version. A request that finds no free lane waits in a queue; it is refused when the queue is
/// full or the wait takes too long.</summary>
internal sealed class LanePool
{
    private readonly Channel<Lane> _free = Channel.CreateUnbounded<Lane>();
    private readonly IReadOnlyList<Lane> _all;
    private readonly QueueLimits _limits;
    private readonly string _model;
    private readonly TimeProvider _clock;
    private int _waiting;

    public LanePool(string model, IReadOnlyList<Lane> lanes, QueueLimits limits, TimeProvider clock)
    {
        _model = model;
        _all = lanes;
        _limits = limits;
        _clock = clock;
        foreach (var lane in lanes)
        {
            _free.Writer.TryWrite(lane);
        }
    }

    public int Waiting => Volatile.Read(ref _waiting);

#pragma warning disable CA2000 // Rented, not owned: the pool closes its lanes.
    public ValueTask<Lane> RentAsync(CancellationToken cancellationToken) =>
        _free.Reader.TryRead(out var lane) ? ValueTask.FromResult(lane) : WaitAsync(cancellationToken);
#pragma warning restore CA2000

    public void Return(Lane lane) => _free.Writer.TryWrite(lane);

    /// <summary>Waits until every lane is back, and closes them.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var _ in _all)
        {
            (await _free.Reader.ReadAsync()).Dispose();
        }
    }

    private async ValueTask<Lane> WaitAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _limits.Limit)
        {
            Interlocked.Decrement(ref _waiting);
            throw InferenceException.QueueFull(_model, _limits.Limit);
        }

        using var limit = new CancellationTokenSource(_limits.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _free.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw InferenceException.TimedOut(_model, _limits.Timeout);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

/// <summary>Limits of a queue: number of waiting requests, and how long each may wait.</summary>
internal readonly record struct QueueLimits(int Limit, TimeSpan Timeout);
