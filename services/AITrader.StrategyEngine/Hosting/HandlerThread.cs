namespace AITrader.StrategyEngine.Hosting;

/// <summary>Runs the code of one strategy on a thread of its own, so that code that never returns holds nobody else up. For one caller at a
/// time.</summary>
/// <remarks>
/// A thread cannot be ended from outside: one that is given up is left behind, asleep or busy, until the process ends. So the work on it
/// holds a gate wherever it touches the account, and leaves it only for the strategy's code; a thread that was given up does not come
/// through
/// the gate again.
/// </remarks>
#pragma warning disable CA1001 // A thread that was given up may still come to the semaphores: they are left to the collector.
internal sealed class HandlerThread(string name, TimeSpan limit)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Thread? _thread;
    private Action? _work;
    private volatile bool _isEnded;
    private bool _isGivenUp;

    /// <summary>How long something may take.</summary>
    public TimeSpan Limit => limit;

    /// <summary>Runs something to its end; false where it does not end in time. What comes after that runs on the caller's
    /// thread.</summary>
    public bool TryRun(Action work)
    {
        if (_isGivenUp || _isEnded)
        {
            work();
            return true;
        }

        if (_thread is null)
        {
            _thread = new Thread(Loop) { IsBackground = true, Name = $"strategy {name}" };
            _thread.Start();
        }

        _work = work;
        _begun.Release();
        return _done.Wait(limit) || !TryGiveUp();
    }

    /// <summary>Runs the strategy's code, out of the gate.</summary>
    public void Leave(Action code)
    {
        if (!_gate.IsHeldByCurrentThread)
        {
            code();
            return;
        }

        _gate.Exit();
        try
        {
            code();
        }
        finally
        {
            _gate.Enter();
            RequireWanted();
        }
    }

    /// <summary>Comes back from the strategy's code to the account.</summary>
    public void Enter(Action account)
    {
        lock (_gate)
        {
            RequireWanted();
            account();
        }
    }

    /// <summary>Lets the thread end, once it has nothing to do.</summary>
    public void End()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _begun.Release();
        }
    }

    private void RequireWanted()
    {
        if (_isGivenUp && Thread.CurrentThread == _thread)
        {
            throw new GivenUpException();
        }
    }

    // What ends at the last moment has ended.
    private bool TryGiveUp()
    {
        lock (_gate)
        {
            _isGivenUp = !_done.Wait(TimeSpan.Zero);
            return _isGivenUp;
        }
    }

    private void Loop()
    {
        while (true)
        {
            _begun.Wait();
            if (_isEnded)
            {
                return;
            }

            try
            {
                lock (_gate)
                {
                    _work!();
                    _done.Release();
                }
            }
            catch (GivenUpException)
            {
                return;
            }
        }
    }

    /// <summary>Ends what is left of a thread that was given up.</summary>
    private sealed class GivenUpException : Exception;
}
