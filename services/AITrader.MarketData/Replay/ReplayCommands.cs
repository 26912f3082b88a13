using AITrader.Contracts.Replays;
using AITrader.Domain.Time;
using AITrader.Storage.Replays;
using AITrader.Storage.Rows;

namespace AITrader.MarketData.Replay;

/// <summary>What became of a command.</summary>
internal abstract record ReplayOutcome
{
    /// <summary>It is done, or under way.</summary>
    internal sealed record Taken : ReplayOutcome;

    /// <summary>Not in this state.</summary>
    internal sealed record WrongState(string Reason, string Detail) : ReplayOutcome;

    /// <summary>Not with this value.</summary>
    internal sealed record BadValue(string Reason, string Detail) : ReplayOutcome;
}

/// <summary>Changes the run under way. One command at a time; each is written down before it counts, so that a restart does not forget
/// it.</summary>
internal sealed class ReplayCommands(ReplayStatus status, ReplayControl control, ReplayRuns runs) : IDisposable
{
    private static readonly ReplayOutcome Done = new ReplayOutcome.Taken();

    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task<ReplayOutcome> PauseAsync(CancellationToken ct) =>
        InTurnAsync(
            async wishes =>
                wishes.IsPaused
                    ? new ReplayOutcome.WrongState("replay-paused", "The replay is paused already; resume lets it go on.")
                    : await ChangeAsync(wishes with { IsPaused = true }, ct),
            ct
        );

    public Task<ReplayOutcome> ResumeAsync(CancellationToken ct) =>
        InTurnAsync(
            async wishes =>
                wishes.IsPaused
                    ? await ChangeAsync(wishes with { IsPaused = false }, ct)
                    : new ReplayOutcome.WrongState("replay-not-paused", "The replay is not paused; there is nothing to resume."),
            ct
        );

    /// <summary>Ends whatever is under way, at any time: a load at once, a run when the stages have seen it, and one that is stopped again
    /// without waiting for them.</summary>
    public async Task<ReplayOutcome> StopAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return status.View switch
            {
                { State: ReplayReportStates.Loading, Request: { } request } when control.TryStopLoad(request) => Done,
                { State: ReplayReportStates.Loading } or { IsUnderWay: true } => await StopRunAsync(ct),
                _ => NotRunning(),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<ReplayOutcome> SpeedAsync(ReplaySpeed speed, CancellationToken ct) =>
        InTurnAsync(wishes => ChangeAsync(wishes with { Speed = speed }, ct), ct);

    public Task<ReplayOutcome> LoopAsync(bool loop, CancellationToken ct) =>
        InTurnAsync(wishes => ChangeAsync(wishes with { Loop = loop }, ct), ct);

    public Task<ReplayOutcome> SeekAsync(SeekTarget target, CancellationToken ct) =>
        InTurnAsync(
            async wishes =>
            {
                var content = status.View.Content!;
                return await target.PositionInAsync(content, ct) is { } position && position >= 1 && position <= content.Ticks
                    ? await ChangeAsync(wishes with { SeekTo = position }, ct)
                    : new ReplayOutcome.BadValue("bad-seek", SeekTarget.Describe(content));
            },
            ct
        );

    public void Dispose() => _turn.Dispose();

    private async Task<ReplayOutcome> InTurnAsync(Func<ReplayWishes, Task<ReplayOutcome>> command, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var wishes = control.Now.Wishes;
            return status.View.State switch
            {
                ReplayReportStates.Loading => new ReplayOutcome.WrongState(
                    "replay-loading",
                    "The replay is being loaded; try again when it is running, or stop it."
                ),
                ReplayReportStates.Running or ReplayReportStates.Paused when wishes.IsEnding => new ReplayOutcome.WrongState(
                    "replay-stopping",
                    "The run is ending; try again in a moment. To end it without waiting for the stages, stop it again."
                ),
                ReplayReportStates.Running or ReplayReportStates.Paused => await command(wishes),
                _ => NotRunning(),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<ReplayOutcome> StopRunAsync(CancellationToken ct)
    {
        var wishes = control.Now.Wishes;
        return ChangeAsync(wishes with { IsStopping = true, IsLeaving = wishes.IsStopping }, ct);
    }

    private async Task<ReplayOutcome> ChangeAsync(ReplayWishes wishes, CancellationToken ct)
    {
        var wish =
            wishes.IsStopping ? ReplayControls.Stop
            : wishes.IsPaused ? ReplayControls.Pause
            : ReplayControls.Run;
        await runs.WishAsync(control.Run, wish, wishes.Speed.ToString(), wishes.Loop, ct);
        return control.TryChange(_ => wishes) ? Done : NotRunning();
    }

    private static ReplayOutcome.WrongState NotRunning() =>
        new ReplayOutcome.WrongState("no-replay", "No replay is under way; POST /replay with path, paths or ticks starts one.");
}

/// <summary>Where to go on: a moment of event time, a position, or a share of the content.</summary>
internal sealed record SeekTarget(DateTimeOffset? Time, long? Seq, double? Fraction)
{
    /// <summary>Exactly one of the three says it.</summary>
    public bool IsClear => new object?[] { Time, Seq, Fraction }.Count(static value => value is not null) == 1;

    /// <summary>Position of the tick to go on with; null where the content has none there.</summary>
    public async Task<long?> PositionInAsync(ReplayContent content, CancellationToken ct) =>
        this switch
        {
            { Seq: { } seq } => seq,
            { Fraction: { } fraction } => fraction is >= 0 and <= 1 ? PositionOf(fraction, content.Ticks) : null,
            { Time: { } time }
                when EventTime.ToMicros(time) is var micros && micros >= content.FirstMicros && micros <= content.LastMicros =>
                await content.FindAsync(micros, ct),
            _ => null,
        };

    /// <summary>What would have been right.</summary>
    public static string Describe(ReplayContent content) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Seek within the content: time {EventTime.FromMicros(content.FirstMicros):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} to {EventTime.FromMicros(content.LastMicros):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}, seq 1 to {content.Ticks}, or fraction 0 to 1."
        );

    /// <summary>The first tick for 0, the last one for 1.</summary>
    public static long PositionOf(double fraction, long ticks) => Math.Min(ticks, (long)(fraction * ticks) + 1);
}
