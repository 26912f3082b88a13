using AITrader.MarketData.Diagnostics;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>Spreads what a feed says of itself to state, metrics, log and the silence guard.</summary>
internal sealed class FeedHealth(
    VenueDefinition venue,
    TickIntake intake,
    FeedState state,
    SilenceGuard guard,
    FeedMetrics metrics,
    IOptions<FeedOptions> options,
    ILogger<FeedHealth> logger
) : IFeedHealth
{
    private readonly LoggedOnce _skipped = new(venue.Name, logger);

    /// <summary>Called whenever something was received.</summary>
    public Action Progress { get; set; } = static () => { };

    public void Expect(int connections, int instruments, int max)
    {
        state.Expect(connections);
        if (connections > 1)
        {
            logger.ConnectionsSplit(venue.Name, instruments, connections, max);
        }
    }

    public void Connected(int connection, int instruments)
    {
        state.Connected(connection);
        metrics.Connected();
        logger.FeedConnected(instruments);
    }

    public void Disconnected(int connection, string reason)
    {
        state.Disconnected(reason, connection);
        metrics.Disconnected(venue.Name);
        logger.FeedDisconnected(reason);
    }

    public void Received()
    {
        Progress();
        state.Heard();
    }

    public void Watch(IReadOnlyCollection<int> instruments) =>
        guard.Watch([.. instruments.Select(instrument => (instrument, options.Value.LimitOf(intake.Symbols[instrument])))]);

    public void Heard(int instrument) => guard.Heard(instrument);

    public void Notice(string about, string text) => state.Notice(about, text);

    public void Settle(string about) => state.Settle(about);

    public void Skip(string reason, string text, long items = 1)
    {
        CountSkipped(reason, items);
        if (_skipped.TryLog(text))
        {
            state.Notice(text, text);
        }
    }

    public void LogOnce(string text) => _skipped.TryLog(text);

    public void CountSkipped(string reason, long items = 1) => metrics.Skipped(venue.Name, reason, items);

    public void CountGarbage()
    {
        state.CountGarbage();
        metrics.Garbage(venue.Name);
    }

    public void CountGap() => metrics.Gap(venue.Name);

    public void CountPaced(TimeSpan time) => metrics.Paced(venue.Name, time);
}
