namespace AITrader.MarketData.Replay;

/// <summary>What is wanted of the run under way.</summary>
/// <param name="Speed">How fast.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
/// <param name="IsPaused">Whether it holds between two ticks.</param>
/// <param name="IsStopping">Whether it ends where it is.</param>
/// <param name="SeekTo">Position to go on from in a new run; null to stay.</param>
/// <param name="IsLeaving">Whether it ends without waiting for the stages any longer.</param>
internal sealed record ReplayWishes(
    ReplaySpeed Speed,
    bool Loop = false,
    bool IsPaused = false,
    bool IsStopping = false,
    long? SeekTo = null,
    bool IsLeaving = false
)
{
    /// <summary>Whether nothing more of this run is to be published.</summary>
    public bool IsEnding => IsStopping || SeekTo is not null;
}

/// <summary>Carries wishes from whoever asks to the loader and the player, and wakes them. Safe from any thread.</summary>
internal sealed class ReplayControl : IDisposable
{
    private readonly Lock _gate = new();
    private ReplayWishes _wishes = new(new ReplaySpeed(1));
    private CancellationTokenSource _news = new();
    private CancellationTokenSource _load = new();
    private ReplayRequest? _loaded;
    private ReplayRequest? _stopped;
    private string _run = string.Empty;
    private bool _isOpen;

    /// <summary>The wishes, and a token that is cancelled as soon as there are others.</summary>
    public (ReplayWishes Wishes, CancellationToken News) Now
    {
        get
        {
            lock (_gate)
            {
                return (_wishes, _news.Token);
            }
        }
    }

    /// <summary>The run that wishes are about.</summary>
    public string Run
    {
        get
        {
            lock (_gate)
            {
                return _run;
            }
        }
    }

    /// <summary>A load begins, or begins again after a failure; the token is cancelled as soon as somebody stops it, and is already where
    /// somebody has.</summary>
    public CancellationToken OpenLoad(ReplayRequest request)
    {
        lock (_gate)
        {
            _load.Dispose();
            _load = new CancellationTokenSource();
            (_loaded, _isOpen) = (request, false);
            if (ReferenceEquals(_stopped, request))
            {
                _load.Cancel();
            }

            return _load.Token;
        }
    }

    /// <summary>Stops a load, be it under way or about to be tried again; false where its run has begun meanwhile.</summary>
    public bool TryStopLoad(ReplayRequest request)
    {
        lock (_gate)
        {
            if (_isOpen && ReferenceEquals(_loaded, request))
            {
                return false;
            }

            _stopped = request;
            if (ReferenceEquals(_loaded, request))
            {
                // What goes on by it must not do so inside the lock.
                _ = _load.CancelAsync();
            }

            return true;
        }
    }

    /// <summary>Whether somebody has stopped the load of a request.</summary>
    public bool IsStopped(ReplayRequest request)
    {
        lock (_gate)
        {
            return ReferenceEquals(_stopped, request);
        }
    }

    /// <summary>A run begins, or begins again after a failure: from now on wishes are taken. Where it was about to go on elsewhere, or its
    /// load was stopped too late, it still is.</summary>
    public void Open(string run, ReplayWishes wishes)
    {
        lock (_gate)
        {
            wishes = _loaded is not null && ReferenceEquals(_stopped, _loaded) ? wishes with { IsStopping = true } : wishes;
            _wishes = run == _run ? wishes with { SeekTo = _wishes.SeekTo, IsLeaving = _wishes.IsLeaving } : wishes;
            (_run, _isOpen) = (run, true);
        }
    }

    /// <summary>The run ends: no more wishes, and these are the last ones.</summary>
    public ReplayWishes Close()
    {
        lock (_gate)
        {
            _isOpen = false;
            return _wishes;
        }
    }

    /// <summary>Changes the wishes; false where no run takes any.</summary>
    public bool TryChange(Func<ReplayWishes, ReplayWishes> change)
    {
        CancellationTokenSource told;
        lock (_gate)
        {
            if (!_isOpen)
            {
                return false;
            }

            _wishes = change(_wishes);
            told = _news;
            _news = new CancellationTokenSource();
        }

        told.Cancel();
        told.Dispose();
        return true;
    }

    public void Dispose()
    {
        _news.Dispose();
        _load.Dispose();
    }
}
