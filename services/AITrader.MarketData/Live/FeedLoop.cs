using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.Live;

/// <summary>Runs the feed, and begins again where it fails.</summary>
internal sealed class FeedLoop(FeedRunner feed, FeedState state, Supervisor supervisor) : SupervisedService(supervisor)
{
    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken stoppingToken)
    {
        state.Begin();
        return feed.RunAsync(ReportProgress, stoppingToken);
    }
}
