using System.Diagnostics.Metrics;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Feed;

namespace AITrader.MarketData.Diagnostics;

/// <summary>What the service counts.</summary>
internal sealed class MarketDataMetrics
{
    public const string Name = "AITrader.MarketData";

    private static readonly double[] LatenessBounds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 100, 1000];

    private readonly Counter<long> _published;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _books;
    private readonly Counter<long> _connections;
    private readonly Counter<long> _disconnections;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _flagged;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _missing;
    private readonly Counter<long> _lifted;
    private readonly Counter<long> _garbage;
    private readonly Counter<long> _implausible;
    private readonly Counter<long> _restarts;
    private readonly Counter<long> _skipped;
    private readonly Counter<double> _paced;
    private readonly Gauge<long> _silent;
    private readonly Counter<long> _silenceSteps;
    private readonly Counter<double> _heldBack;
    private readonly Histogram<double> _lateness;
    private readonly Counter<double> _busAway;

    public MarketDataMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(Name);
#pragma warning restore CA2000
        _published = meter.CreateCounter<long>("aitrader.marketdata.ticks_published", "{tick}", "Ticks published, by source.");
        _stored = meter.CreateCounter<long>("aitrader.marketdata.ticks_stored", "{tick}", "Ticks stored for the first time.");
        _books = meter.CreateCounter<long>("aitrader.marketdata.books_published", "{book}", "Readings of books published.");
        _connections = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_connections",
            "{connection}",
            "Connections made to the live feed."
        );
        _disconnections = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_disconnections",
            "{connection}",
            "Lines of the live feed that ended, by source."
        );
        _dropped = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_dropped",
            "{event}",
            "Events of the live feed that did not become ticks, by source and reason."
        );
        _flagged = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_flagged",
            "{tick}",
            "Ticks of the live feed with a flag, by source and flag."
        );
        _gaps = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_gaps",
            "{gap}",
            "Holes found in the numbers of the live feed, by source."
        );
        _missing = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_missing",
            "{event}",
            "Events of the live feed that never came, by source."
        );
        _lifted = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_lifted",
            "{tick}",
            "Ticks of the live feed whose event time was lifted to that of the tick before, by source."
        );
        _garbage = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_garbage",
            "{message}",
            "Messages of the live feed that made no sense, by source."
        );
        _implausible = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_implausible",
            "{event}",
            "Times of the live feed that were refused, as they lie too far ahead, by source."
        );
        _restarts = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_restarts",
            "{restart}",
            "Numbers of the live feed that began again below those that were seen, by source."
        );
        _skipped = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_skipped",
            "{item}",
            "Items of the live feed that cannot be used while the others can, by source and reason."
        );
        _paced = meter.CreateCounter<double>(
            "aitrader.marketdata.feed_paced",
            "s",
            "Time for which requests to the venue waited for its limits, by source."
        );
        _silent = meter.CreateGauge<long>(
            "aitrader.marketdata.feed_silent",
            "{instrument}",
            "Instruments of the live feed that are stale, by source."
        );
        _silenceSteps = meter.CreateCounter<long>(
            "aitrader.marketdata.feed_silence_steps",
            "{step}",
            "What was done about silent instruments, by source and step."
        );
        _lateness = meter.CreateHistogram(
            "aitrader.marketdata.replay_lateness",
            "ms",
            "How long after they were due ticks of a paced replay were handed to the bus.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatenessBounds }
        );
        _busAway = meter.CreateCounter<double>(
            "aitrader.marketdata.feed_bus_away",
            "s",
            "Time in which the bus did not take live ticks; they wait."
        );
        _heldBack = meter.CreateCounter<double>(
            "aitrader.marketdata.feed_held_back",
            "s",
            "Time in which the live feed was not read because its queue was full."
        );
    }

    public void Published(long ticks, string source) => _published.Add(ticks, new KeyValuePair<string, object?>("source", source));

    public void Stored(long ticks) => _stored.Add(ticks);

    public void Late(TimeSpan late) => _lateness.Record(Math.Max(0, late.TotalMilliseconds));

    public void BooksPublished(long books) => _books.Add(books);

    public void FeedConnected() => _connections.Add(1);

    public void FeedDisconnected(string source) => _disconnections.Add(1, Source(source));

    public void FeedDropped(string source, TickVerdict reason) => _dropped.Add(1, Source(source), new("reason", FeedWords.Of(reason)));

    public void FeedFlagged(string source, TickFlags flag) => _flagged.Add(1, Source(source), new("flag", FeedWords.Of(flag)));

    public void FeedGap(string source) => _gaps.Add(1, Source(source));

    public void FeedMissing(string source, long events) => _missing.Add(events, Source(source));

    public void FeedLifted(string source, long ticks) => _lifted.Add(ticks, Source(source));

    public void FeedGarbage(string source) => _garbage.Add(1, Source(source));

    public void FeedImplausible(string source, long events) => _implausible.Add(events, Source(source));

    public void FeedRestarted(string source) => _restarts.Add(1, Source(source));

    public void FeedSkipped(string source, string reason, long items) => _skipped.Add(items, Source(source), new("reason", reason));

    public void FeedPaced(string source, TimeSpan time) => _paced.Add(time.TotalSeconds, Source(source));

    public void FeedSilent(string source, long instruments) => _silent.Record(instruments, Source(source));

    public void FeedSilenceStep(string source, SilenceStep step) => _silenceSteps.Add(1, Source(source), new("step", FeedWords.Of(step)));

    public void FeedHeldBack(TimeSpan time) => _heldBack.Add(time.TotalSeconds);

    public void BusAway(TimeSpan time) => _busAway.Add(time.TotalSeconds);

    private static KeyValuePair<string, object?> Source(string source) => new("source", source);
}
