namespace AITrader.MarketData.Replay;

/// <summary>What is wanted of the run under way.</summary>
/// <param name="Speed">How fast.</param>
/// <param name="Loop">Whether it begins again at its end.</param>
/// <param name="IsPaused">Whether it holds between two ticks.</param>
/// <param name="IsStopping">Whether it ends where it is.</param>
/// <param name="SeekTo">Position to go on from in a new run; null to stay.</param>
internal sealed record ReplayWishes(ReplaySpeed Speed, bool Loop = false, bool IsPaused = false, bool IsStopping = false, long? SeekTo = null)
{
    /// <summary>Whether nothing more of this run is to be published.</summary>
    public bool IsEnding => IsStopping || SeekTo is not null;
}

/// <summary>Carries wishes from whoever asks to the player, and wakes it. Safe from any thread.</summary>
internal sealed class ReplayControl : IDisposable
{
    private readonly Lock _gate = new();
    private ReplayWishes _wishes = new(new ReplaySpeed(1));
    private CancellationTokenSource _news = new();
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

    /// <summary>A run begins, or begins again after a failure: from now on wishes are taken. Where it was about to go on elsewhere, it still is.</summary>
    public void Open(string run, ReplayWishes wishes)
    {
        lock (_gate)
        {
            _wishes = run == _run ? wishes with { SeekTo = _wishes.SeekTo } : wishes;
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

    public void Dispose() => _news.Dispose();
}
