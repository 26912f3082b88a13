using AITrader.Contracts;
using AITrader.Contracts.Replays;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Replays;

/// <summary>State of the latest replay: from market-data, or from its row and watermarks where market-data is unreachable or was started
/// after the replay.</summary>
internal sealed class ReplayReader(ReplayRunQueries runs, IWatermarks watermarks, MarketDataClient marketData)
{
    private static readonly string[] Stages =
    [
        ReplayStages.Published,
        ReplayStages.Pattern,
        ReplayStages.Strategy,
        ReplayStages.Execution,
        ReplayStages.Store,
    ];

    /// <summary>Null without any replay.</summary>
    public async Task<ReplayReport?> ReadAsync(Tick? newest, CancellationToken ct)
    {
        var told = await marketData.GetAsync(ct);
        var row = await runs.LatestAsync(ct);
        if (told is { State: not null and not ReplayReportStates.Idle })
        {
            // The row is written before market-data's own report changes.
            var hasEnded =
                row is not null && row.Run == told.Run && row.State != ReplayStates.Running && ReplayReportStates.IsActive(told.State);
            return hasEnded
                ? told with
                {
                    State = row!.State,
                    Published = Math.Max(told.Published, row.Published),
                    Error = row.Error,
                }
                : told;
        }

        return row is null ? null : await FromAsync(row, told?.Speed ?? row.Speed, newest, ct);
    }

    private async Task<ReplayReport> FromAsync(ReplayRunRow row, string speed, Tick? newest, CancellationToken ct)
    {
        var marks = await MarksAsync(row.Run, ct);
        var published = Math.Max(row.Published, marks?.GetValueOrDefault(ReplayStages.Published) ?? 0);
        return ReplayReport.Idle with
        {
            State = StateOf(row),
            Run = row.Run,
            Source = row.Source,
            Sources = [row.Source],
            Speed = speed,
            Loop = row.Loop,
            Round = row.Round,
            Published = published,
            Total = row.Ticks,
            Progress = ReplayReport.Share(published, row.Ticks),
            EventTime = newest?.Run == row.Run ? newest.Timestamp : null,
            Watermarks = marks,
            Error = row.Error,
        };
    }

    private static string StateOf(ReplayRunRow row) =>
        (row.State, row.Control) switch
        {
            (ReplayStates.Running, ReplayControls.Pause) => ReplayReportStates.Paused,
            (ReplayStates.Running, ReplayControls.Stop) => ReplayReportStates.Stopping,
            _ => row.State,
        };

    private async Task<Dictionary<string, long>?> MarksAsync(string run, CancellationToken ct)
    {
        try
        {
            var values = await Task.WhenAll(Stages.Select(stage => watermarks.GetAsync(run, stage, ct)));
            return Stages.Zip(values).ToDictionary(static pair => pair.First, static pair => pair.Second, StringComparer.Ordinal);
        }
        catch (BusUnavailableException)
        {
            // The status reports Redis' outage elsewhere.
            return null;
        }
    }
}
