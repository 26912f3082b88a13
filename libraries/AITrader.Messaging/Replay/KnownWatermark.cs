namespace AITrader.Messaging.Replay;

/// <summary>The last known watermark of one stage, and the callers that wait for a higher one. Safe from any thread.</summary>
internal sealed class KnownWatermark
{
    private readonly Lock _gate = new();
    private readonly List<(long AtLeast, TaskCompletionSource Reached)> _waiters = [];
    private long _value;

    public long Value => Volatile.Read(ref _value);

    /// <summary>Returns a task that completes when the watermark is at least <paramref name="atLeast"/>.</summary>
    public Task WhenAtLeast(long atLeast)
    {
        lock (_gate)
        {
            if (_value >= atLeast)
            {
                return Task.CompletedTask;
            }

            // A caller that polls asks repeatedly: it gets the same task again.
            foreach (var waiter in _waiters)
            {
                if (waiter.AtLeast == atLeast)
                {
                    return waiter.Reached.Task;
                }
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((atLeast, reached));
            return reached.Task;
        }
    }

    public void Raise(long value)
    {
        lock (_gate)
        {
            if (value <= _value)
            {
                return;
            }

            _value = value;
            _waiters.RemoveAll(waiter => value >= waiter.AtLeast && waiter.Reached.TrySetResult());
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _value = 0;
        }
    }
}
