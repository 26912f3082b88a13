using AITrader.Inference.Failures;

namespace AITrader.Inference.Execution;

/// <summary>The lanes (sessions) of one model version. A request that finds no free lane waits, by priority and then by arrival; it is
/// refused when too many wait or the wait takes too long.</summary>
#pragma warning disable CA2000 // What comes out of the pool is rented, not owned: it closes its lanes itself.
internal sealed class LanePool
{
    private readonly Lock _gate = new();
    private readonly Queue<Lane> _free;
    private readonly PriorityQueue<Waiter, (int Priority, long Arrival)> _waiting = new();
    private readonly int _count;
    private readonly QueueLimits _limits;
    private readonly string _model;
    private readonly TimeProvider _clock;
    private long _arrivals;

    public LanePool(string model, IReadOnlyList<Lane> lanes, QueueLimits limits, TimeProvider clock)
    {
        _model = model;
        _free = new Queue<Lane>(lanes);
        _count = lanes.Count;
        _limits = limits;
        _clock = clock;
    }

    public async ValueTask<Lane> RentAsync(int priority, CancellationToken cancellationToken)
    {
        if (TryRent(priority, _limits.Limit, out var lane, out var waiter))
        {
            return lane!;
        }

        using var limit = new CancellationTokenSource(_limits.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var leaving = either.Token.UnsafeRegister(_ => Leave(waiter!), null);
        try
        {
            return await waiter!.Lane.Task;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw InferenceException.TimedOut(_model, _limits.Timeout);
        }
    }

    public void Return(Lane lane)
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next, out _))
            {
                if (next.Lane.TrySetResult(lane))
                {
                    return;
                }
            }

            _free.Enqueue(lane);
        }
    }

    /// <summary>Waits until every lane is back, and closes them.</summary>
    public async ValueTask CloseAsync()
    {
        for (var i = 0; i < _count; i++)
        {
            var isFree = TryRent(CallTerms.UsualPriority, int.MaxValue, out var lane, out var waiter);
            using var back = isFree ? lane! : await waiter!.Lane.Task;
        }
    }

    private bool TryRent(int priority, int limit, out Lane? lane, out Waiter? waiter)
    {
        lock (_gate)
        {
            waiter = null;
            if (_free.TryDequeue(out lane))
            {
                return true;
            }

            if (_waiting.Count >= limit)
            {
                throw InferenceException.QueueFull(_model, limit);
            }

            waiter = new Waiter();
            _waiting.Enqueue(waiter, (priority, _arrivals++));
            return false;
        }
    }

    // Whoever has been given a lane meanwhile keeps it.
    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Lane.TrySetCanceled())
            {
                _waiting.Remove(waiter, out _, out _);
            }
        }
    }

    private sealed class Waiter
    {
        public TaskCompletionSource<Lane> Lane { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

#pragma warning restore CA2000

/// <summary>Limits of a queue: number of waiting requests, and how long each may wait.</summary>
internal readonly record struct QueueLimits(int Limit, TimeSpan Timeout);
