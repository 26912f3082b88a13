using AITrader.Messaging;
using AITrader.Venues.Feeds;

namespace AITrader.MarketData.Live;

/// <summary>Follows the venue that is configured, publishes its ticks and guards against silence, until one of these fails.</summary>
internal sealed class FeedRunner(
    VenueDefinition venue,
    IMarketFeed feed,
    TickIntake intake,
    FeedHealth health,
    TickQueue queue,
    LivePublisher publisher,
    LiveSequence sequence,
    SilenceGuard guard,
    FeedState state
)
{
    /// <summary>Runs until cancelled. Calls <paramref name="progress"/> whenever something was received.</summary>
    /// <exception cref="Exception">The feed must begin again, as where a session is over.</exception>
    public async Task RunAsync(Action progress, CancellationToken ct)
    {
        health.Progress = progress;
        try
        {
            sequence.Pass(await publisher.LastAsync(ct));
            await feed.OpenAsync(ct);
            var actions = new SilenceActions(venue.Name, intake.Symbols, feed.ResubscribeAsync, feed.Reconnect);
            await LinkedTasks.RunAsync(ct, queue.PublishAsync, end => guard.RunAsync(actions, end), feed.RunAsync);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or BusUnavailableException))
        {
            state.Disconnected(failure.Message);
            throw;
        }
    }
}
