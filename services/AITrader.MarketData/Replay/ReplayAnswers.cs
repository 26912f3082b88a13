using AITrader.Contracts;
using AITrader.Contracts.Replays;
using AITrader.Domain.Time;
using AITrader.Messaging;

namespace AITrader.MarketData.Replay;

/// <summary>Puts the report of the replay together.</summary>
internal sealed class ReplayAnswers(ReplayStatus status, ReplayControl control, IWatermarks watermarks, TimeProvider time)
{
    internal static readonly string[] Stages =
    [
        ReplayStages.Published,
        ReplayStages.Pattern,
        ReplayStages.Strategy,
        ReplayStages.Execution,
        ReplayStages.Store,
    ];

    public async Task<ReplayReport> ReportAsync(CancellationToken ct)
    {
        var view = status.View;
        var wishes = view.IsUnderWay ? control.Now.Wishes : null;
        var state = IsEnding(view, wishes) ? ReplayReportStates.Stopping : view.State;
        var report = ReplayReport.Idle with
        {
            State = state,
            Run = view.Run,
            Speed = (wishes?.Speed ?? view.Speed)?.ToString(),
            Loop = wishes?.Loop ?? view.Loop,
            Round = view.Round,
            Published = view.Published,
            EventTime = view.EventTime,
            EtaSeconds = state == ReplayReportStates.Running ? Eta(view, wishes!.Speed) : null,
            LatenessMs = view.Lateness?.Report(),
            Watermarks = await MarksAsync(view.Run, ct),
            Error = view.Error,
        };
        return WithContent(
            view.Source is { } source ? report with { Source = source.Text, Sources = source.Sources } : report,
            view.Content
        );
    }

    private bool IsEnding(ReplayView view, ReplayWishes? wishes) =>
        wishes?.IsEnding == true || (view is { State: ReplayReportStates.Loading, Request: { } request } && control.IsStopped(request));

    private static ReplayReport WithContent(ReplayReport report, ReplayContent? content) =>
        content is null
            ? report
            : report with
            {
                Total = content.Ticks,
                Progress = ReplayReport.Share(report.Published, content.Ticks),
                From = EventTime.FromMicros(content.FirstMicros),
                To = EventTime.FromMicros(content.LastMicros),
            };

    // On a schedule, what event time is left; at full speed, what is left at the rate so far.
    private double? Eta(ReplayView view, ReplaySpeed speed)
    {
        if (!speed.IsMax)
        {
            return view.EventTime is { } now
                ? Round((EventTime.FromMicros(view.Content!.LastMicros) - now).TotalSeconds / speed.Factor)
                : null;
        }

        var done = view.Published - view.Began.Published;
        return done > 0 ? Round(time.GetElapsedTime(view.Began.At).TotalSeconds / done * (view.Content!.Ticks - view.Published)) : null;
    }

    private static double Round(double seconds) => Math.Round(Math.Max(0, seconds), 1);

    private async Task<IReadOnlyDictionary<string, long>?> MarksAsync(string? run, CancellationToken ct)
    {
        if (run is null)
        {
            return new Dictionary<string, long>(StringComparer.Ordinal);
        }

        try
        {
            var values = await Task.WhenAll(Stages.Select(stage => watermarks.GetAsync(run, stage, ct)));
            return Stages.Zip(values).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal);
        }
        catch (BusUnavailableException)
        {
            return null;
        }
    }
}
