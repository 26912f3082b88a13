using AITrader.Backend.Status;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Publishes positions, account and replay while ticks come, and a little after the last one; the replay also while it changes
/// without ticks.</summary>
internal sealed class AccountPublisher(
    Supervisor supervisor,
    LatestTicks latest,
    StatusReader status,
    IMonitorChannel channel,
    MonitorJson json,
    IOptions<MonitorOptions> options,
    TimeProvider time
) : SupervisedService(supervisor)
{
    // Effects of the last tick are booked after it: a few more rounds publish them.
    private const int RoundsAfterLastTick = 4;

    private volatile bool _isRequested;
    private bool _isReplayMoving;

    /// <summary>Publishes with the next interval, with or without ticks: the replay was changed.</summary>
    public void RequestUpdate() => _isRequested = true;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        var (seen, rounds) = (0L, 0);
        while (true)
        {
            if (latest.Count is var count && count != seen)
            {
                (seen, rounds) = (count, RoundsAfterLastTick);
            }

            if (_isRequested)
            {
                (_isRequested, rounds) = (false, RoundsAfterLastTick);
            }

            if (rounds > 0)
            {
                rounds--;
                await PublishAsync(stoppingToken);
            }
            else if (_isReplayMoving)
            {
                await PublishReplayAsync(stoppingToken);
            }

            ReportProgress();
            await Task.Delay(options.Value.AccountInterval, time, stoppingToken);
        }
    }

    private async Task PublishAsync(CancellationToken ct)
    {
        var (positions, account) = await status.ReadBooksAsync(ct);
        await channel.PublishAsync(json.Write(MonitorJson.Positions, positions), ct);
        if (account is not null)
        {
            await channel.PublishAsync(json.Write(MonitorJson.Account, account), ct);
        }

        await PublishReplayAsync(ct);
    }

    private async Task PublishReplayAsync(CancellationToken ct)
    {
        if (await status.ReadReplayAsync(ct) is { } replay)
        {
            // A paused replay changes only on request.
            _isReplayMoving = ReplayReportStates.IsActive(replay.State) && replay.State != ReplayReportStates.Paused;
            await channel.PublishAsync(json.Write(MonitorJson.Replay, replay), ct);
        }
    }
}
