using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.Restarts;

/// <summary>The last known state of one replica of a resource.</summary>
internal sealed class WatchedReplica
{
    private readonly Lock _gate = new();
    private bool _isUp;
    private bool _isStopping;
    private bool _isStartExpected;
    private DateTime? _endedRun;

    public RestartPolicy Policy { get; } = new();

    /// <summary>Announces a start by the supervisor, so that the next start does not count as one by hand.</summary>
    public void ExpectStart()
    {
        lock (_gate)
        {
            _isStartExpected = true;
        }
    }

    /// <summary>Takes in the states of the replica, in the order of Aspire's notifications.</summary>
    /// <param name="state">The state.</param>
    /// <param name="startedAt">When the process of this state started; null where there is none.</param>
    public StateChange Observe(string? state, DateTime? startedAt)
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
                _ => StateChange.Nothing,
            };
        }
    }

    private StateChange Stop()
    {
        _isStopping = true;
        return StateChange.Nothing;
    }

    private StateChange Up()
    {
        if (_isUp)
        {
            return StateChange.Nothing;
        }

        var isByHand = !_isStartExpected && Policy.IsLeftDown;
        (_isUp, _isStopping, _isStartExpected) = (true, false, false);
        return isByHand ? StateChange.StartedByHand : StateChange.Nothing;
    }

    private StateChange Down(DateTime? startedAt)
    {
        // Aspire may report the end of one process twice, the second time when the next one is already starting.
        if (startedAt is not null && startedAt == _endedRun)
        {
            return StateChange.Nothing;
        }

        _endedRun = startedAt;
        var ended = _isUp && !_isStopping;
        (_isUp, _isStopping) = (false, false);
        return ended ? StateChange.Ended : StateChange.Nothing;
    }
}
