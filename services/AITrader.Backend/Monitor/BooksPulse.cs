using AITrader.Backend.Status;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Publishes positions, account and replay while ticks come, and a little after the last one; the replay also while it changes
/// without ticks.</summary>
internal sealed class BooksPulse(
    Supervisor supervisor,
    IDbContextFactory<AITraderDbContext> contexts,
    LatestTicks latest,
    StatusReader status,
    IMonitorChannel channel,
    MonitorJson json,
    IOptions<MonitorOptions> options,
    TimeProvider time
) : SupervisedService(supervisor)
{
    // What the last tick causes is booked after it: a few more looks see it.
    private const int LooksAfterTheLastTick = 4;

    private volatile bool _isAsked;
    private bool _isReplayMoving;

    /// <summary>Somebody changed the replay: it is worth looking at, ticks or not.</summary>
    public void LookAgain() => _isAsked = true;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        var (seen, looks) = (0L, 0);
        while (true)
        {
            if (latest.Count is var count && count != seen)
            {
                (seen, looks) = (count, LooksAfterTheLastTick);
            }

            if (_isAsked)
            {
                (_isAsked, looks) = (false, LooksAfterTheLastTick);
            }

            if (looks > 0)
            {
                looks--;
                await PublishAsync(stoppingToken);
            }
            else if (_isReplayMoving)
            {
                await using var db = await contexts.CreateDbContextAsync(stoppingToken);
                await PublishReplayAsync(db, stoppingToken);
            }

            ReportProgress();
            await Task.Delay(options.Value.BooksInterval, time, stoppingToken);
        }
    }

    private async Task PublishAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (positions, account) = await StatusReader.ReadBooksAsync(db, ct);
        await channel.PublishAsync(json.Write(MonitorJson.Positions, positions), ct);
        if (account is not null)
        {
            await channel.PublishAsync(json.Write(MonitorJson.Account, account), ct);
        }

        await PublishReplayAsync(db, ct);
    }

    private async Task PublishReplayAsync(AITraderDbContext db, CancellationToken ct)
    {
        if (await status.ReadReplayAsync(db, ct) is { } replay)
        {
            // A paused one stays as it is until somebody changes it.
            _isReplayMoving = ReplayWords.IsActive(replay.State) && replay.State != ReplayWords.Paused;
            await channel.PublishAsync(json.Write(MonitorJson.Replay, replay), ct);
        }
    }
}
