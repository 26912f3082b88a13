using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.Restarts;

/// <summary>What a change of state means.</summary>
internal enum Verdict
{
    Nothing,
    Ended,
    StartedByHand,
}

/// <summary>One replica of a resource: what it was last seen doing.</summary>
internal sealed class Watched
{
    private readonly Lock _gate = new();
    private bool _isUp;
    private bool _isStopping;
    private bool _isStartExpected;
    private DateTime? _endedRun;

    public RestartPolicy Policy { get; } = new();

    /// <summary>The supervisor starts it itself: the next start is nobody's hand.</summary>
    public void ExpectStart()
    {
        lock (_gate)
        {
            _isStartExpected = true;
        }
    }

    /// <summary>Takes a state in, in the order in which Aspire told them.</summary>
    /// <param name="state">The state.</param>
    /// <param name="startedAt">When the process began that it is the state of; null where there is none.</param>
    public Verdict See(string? state, DateTime? startedAt)
    {
        lock (_gate)
        {
            return state switch
            {
                _ when state == KnownResourceStates.Stopping => Stop(),
                _ when state == KnownResourceStates.Starting
                        || state == KnownResourceStates.Running
                        || state == KnownResourceStates.Waiting => Up(),
                _ when KnownResourceStates.TerminalStates.Contains(state) => Down(startedAt),
                _ => Verdict.Nothing,
            };
        }
    }

    private Verdict Stop()
    {
        _isStopping = true;
        return Verdict.Nothing;
    }

    private Verdict Up()
    {
        if (_isUp)
        {
            return Verdict.Nothing;
        }

        var isByHand = !_isStartExpected && Policy.IsLeftDown;
        (_isUp, _isStopping, _isStartExpected) = (true, false, false);
        return isByHand ? Verdict.StartedByHand : Verdict.Nothing;
    }

    private Verdict Down(DateTime? startedAt)
    {
        // The end of one process may be told twice, the second time when the next one is already being started.
        if (startedAt is not null && startedAt == _endedRun)
        {
            return Verdict.Nothing;
        }

        _endedRun = startedAt;
        var ended = _isUp && !_isStopping;
        (_isUp, _isStopping) = (false, false);
        return ended ? Verdict.Ended : Verdict.Nothing;
    }
}
