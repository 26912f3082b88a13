using AITrader.Contracts.Replays;

namespace AITrader.MarketData.Replay;

/// <summary>Where the replay stands, for the endpoint and for the feed. Safe from any thread.</summary>
internal sealed class ReplayStatus
{
    private volatile ReplayView _view = ReplayView.Idle;

    public ReplayView View => _view;

    /// <summary>Whether the market's ticks come from a replay just now.</summary>
    public bool IsActive => ReplayReportStates.IsActive(_view.State);

    public void Become(ReplayView view) => _view = view;

    public void Advance(long published, DateTimeOffset eventTime) => _view = _view with { Published = published, EventTime = eventTime };
}

/// <summary>A moment of a replay.</summary>
internal sealed record ReplayView
{
    public static readonly ReplayView Idle = new() { State = ReplayReportStates.Idle };

    /// <summary>One of <see cref="ReplayReportStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Whether a run is being played.</summary>
    public bool IsUnderWay => State is ReplayReportStates.Running or ReplayReportStates.Paused;

    /// <summary>What is being loaded; null when nothing is.</summary>
    public ReplayRequest? Request { get; init; }

    public ReplaySource? Source { get; init; }

    /// <summary>What is played; null until it is loaded.</summary>
    public ReplayContent? Content { get; init; }

    public string? Run { get; init; }

    public ReplaySpeed? Speed { get; init; }

    public bool Loop { get; init; }

    public int Round { get; init; }

    public long Published { get; init; }

    public DateTimeOffset? EventTime { get; init; }

    /// <summary>How late its ticks were; null until the first one is due.</summary>
    public Lateness? Lateness { get; init; }

    /// <summary>When this process began to publish the run, and from which position: what its rate at full speed is measured
    /// from.</summary>
    public (long At, long Published) Began { get; init; }

    public string? Error { get; init; }
}
