namespace AITrader.MarketData.Replay;

/// <summary>Where the replay stands, for the endpoint and for the feed. Safe from any thread.</summary>
internal sealed class ReplayStatus
{
    private volatile ReplayView _view = ReplayView.Idle;

    public ReplayView View => _view;

    /// <summary>Whether the market's ticks come from a replay just now.</summary>
    public bool IsActive => _view.State is ReplayView.Loading or ReplayView.Running;

    public void Become(ReplayView view) => _view = view;

    public void Advance(long published, DateTimeOffset eventTime) => _view = _view with { Published = published, EventTime = eventTime };
}

/// <summary>A moment of a replay.</summary>
internal sealed record ReplayView
{
    public const string Loading = "loading";
    public const string Running = "running";

    public static readonly ReplayView Idle = new() { State = "idle" };

    /// <summary>idle, loading, running, finished or failed.</summary>
    public required string State { get; init; }

    public string? Run { get; init; }

    public string? Source { get; init; }

    public string? Speed { get; init; }

    public long Published { get; init; }

    public long? Total { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    public string? Error { get; init; }
}
