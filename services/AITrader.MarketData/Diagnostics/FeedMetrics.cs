using System.Diagnostics.Metrics;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;

namespace AITrader.MarketData.Diagnostics;

/// <summary>What the service counts of its live feed.</summary>
internal sealed class FeedMetrics
{
    private const string Prefix = "aitrader.marketdata.feed_";

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
    private readonly Counter<double> _busAway;
    private readonly Counter<double> _heldBack;

    public FeedMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(MarketDataMetrics.Name);
#pragma warning restore CA2000
        _connections = Events("connections", "{connection}", "Connections made to the live feed.");
        _disconnections = Events("disconnections", "{connection}", "Connections of the live feed that ended, by source.");
        _dropped = Events("dropped", "{event}", "Events of the live feed that did not become ticks, by source and reason.");
        _flagged = Events("flagged", "{tick}", "Ticks of the live feed with a flag, by source and flag.");
        _gaps = Events("gaps", "{gap}", "Holes found in the numbers of the live feed, by source.");
        _missing = Events("missing", "{event}", "Events of the live feed that never came, by source.");
        _lifted = Events("lifted", "{tick}", "Ticks of the live feed whose event time was lifted to that of the tick before, by source.");
        _garbage = Events("garbage", "{message}", "Messages of the live feed that made no sense, by source.");
        _implausible = Events("implausible", "{event}", "Times of the live feed that were refused, as they lie too far ahead, by source.");
        _restarts = Events("restarts", "{restart}", "Numbers of the live feed that began again below those that were seen, by source.");
        _skipped = Events("skipped", "{item}", "Items of the live feed that cannot be used while the others can, by source and reason.");
        _paced = Seconds("paced", "Time for which requests to the venue waited for its limits, by source.");
        _silent = meter.CreateGauge<long>(Prefix + "silent", "{instrument}", "Instruments of the live feed that are stale, by source.");
        _silenceSteps = Events("silence_steps", "{step}", "What was done about silent instruments, by source and step.");
        _busAway = Seconds("bus_away", "Time in which the bus did not take live ticks; they wait.");
        _heldBack = Seconds("held_back", "Time in which the live feed was not read because its queue was full.");

        Counter<long> Events(string name, string unit, string description) => meter.CreateCounter<long>(Prefix + name, unit, description);
        Counter<double> Seconds(string name, string description) => meter.CreateCounter<double>(Prefix + name, "s", description);
    }

    public void Connected() => _connections.Add(1);

    public void Disconnected(string source) => _disconnections.Add(1, Source(source));

    public void Dropped(string source, TickVerdict reason) => _dropped.Add(1, Source(source), new("reason", FeedNames.Of(reason)));

    public void Flagged(string source, TickFlags flag) => _flagged.Add(1, Source(source), new("flag", FeedNames.Of(flag)));

    public void Gap(string source) => _gaps.Add(1, Source(source));

    public void Missing(string source, long events) => _missing.Add(events, Source(source));

    public void Lifted(string source, long ticks) => _lifted.Add(ticks, Source(source));

    public void Garbage(string source) => _garbage.Add(1, Source(source));

    public void Implausible(string source, long events) => _implausible.Add(events, Source(source));

    public void Restarted(string source) => _restarts.Add(1, Source(source));

    public void Skipped(string source, string reason, long items) => _skipped.Add(items, Source(source), new("reason", reason));

    public void Paced(string source, TimeSpan time) => _paced.Add(time.TotalSeconds, Source(source));

    public void Silent(string source, long instruments) => _silent.Record(instruments, Source(source));

    public void SilenceStep(string source, SilenceStep step) => _silenceSteps.Add(1, Source(source), new("step", FeedNames.Of(step)));

    public void HeldBack(TimeSpan time) => _heldBack.Add(time.TotalSeconds);

    public void BusAway(TimeSpan time) => _busAway.Add(time.TotalSeconds);

    private static KeyValuePair<string, object?> Source(string source) => new("source", source);
}
