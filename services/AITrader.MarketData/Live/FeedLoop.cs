using AITrader.MarketData.Replay;
using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.Live;

/// <summary>Runs the feed, and begins again where it fails; a replay makes it wait.</summary>
internal sealed class FeedLoop(FeedRunner feed, FeedState state, ReplayStatus replay, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan ReplayPollInterval = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await WaitForReplayAsync(isActive: false, stoppingToken);
            state.Resume();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var following = feed.RunAsync(ReportProgress, end.Token);
            var first = await Task.WhenAny(following, WaitForReplayAsync(isActive: true, end.Token));
            await end.CancelAsync();
            if (first == following || stoppingToken.IsCancellationRequested)
            {
                await following;
            }

            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            state.Pause();
        }
    }

    private async Task WaitForReplayAsync(bool isActive, CancellationToken ct)
    {
        while (replay.IsActive != isActive)
        {
            await Task.Delay(ReplayPollInterval, time, ct);
        }
    }
}
