using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AITrader.Messaging.Diagnostics;

/// <summary>Metrics of the bus, and its activity source.</summary>
internal sealed class MessagingMetrics : IDisposable
{
    public const string Name = "AITrader.Messaging";

    private readonly Meter _meter;
    private readonly Counter<long> _published;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _dead;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _handled;
    private readonly ConcurrentDictionary<string, StreamInfo> _samples = new(StringComparer.Ordinal);

    public MessagingMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _published = _meter.CreateCounter<long>("aitrader.stream.published", "{message}", "Messages appended");
        _consumed = _meter.CreateCounter<long>("aitrader.stream.consumed", "{message}", "Messages read by a group");
        _dead = _meter.CreateCounter<long>("aitrader.stream.dead", "{message}", "Entries given up on");
        _lost = _meter.CreateCounter<long>("aitrader.stream.lost", "{message}", "Entries trimmed before they were acknowledged");
        _handled = _meter.CreateHistogram<double>("aitrader.stream.handler.duration", "s", "Time to handle one batch");
        _meter.CreateObservableGauge("aitrader.stream.length", Lengths, "{message}", "Entries in a stream");
        _meter.CreateObservableGauge("aitrader.stream.lag", Lags, "{message}", "Entries that a group has not been delivered");
        _meter.CreateObservableGauge("aitrader.stream.pending", Pendings, "{message}", "Entries that a group has not acknowledged");
        _meter.CreateObservableGauge("aitrader.stream.pending.age", Ages, "s", "Age of the oldest unacknowledged entry");
    }

    public static ActivitySource Traces { get; } = new(Name);

    public void Published(string stream, int count) => _published.Add(count, new KeyValuePair<string, object?>("stream", stream));

    public void Consumed(string stream, string group, int count) => _consumed.Add(count, Tags(stream, group));

    public void Dead(string stream, string group) => _dead.Add(1, Tags(stream, group));

    public void Lost(string stream, string group, int count) => _lost.Add(count, Tags(stream, group));

    public void Handled(string stream, string group, TimeSpan elapsed) => _handled.Record(elapsed.TotalSeconds, Tags(stream, group));

    public void Sampled(StreamInfo stream) => _samples[stream.Name] = stream;

    public void Dispose() => _meter.Dispose();

    private static TagList Tags(string stream, string group) => new() { { "stream", stream }, { "group", group } };

    private IEnumerable<Measurement<long>> Lengths() =>
        _samples.Values.Select(static stream => new Measurement<long>(
            stream.Length,
            new KeyValuePair<string, object?>("stream", stream.Name)
        ));

    private IEnumerable<Measurement<long>> Lags() => Groups(static group => group.Lag);

    private IEnumerable<Measurement<long>> Pendings() => Groups(static group => group.Pending);

    private IEnumerable<Measurement<double>> Ages() =>
        from stream in _samples.Values
        from @group in stream.Groups
        select new Measurement<double>(@group.OldestPendingAge?.TotalSeconds ?? 0, Tags(stream.Name, @group.Name));

    private IEnumerable<Measurement<long>> Groups(Func<StreamGroupInfo, long> value) =>
        from stream in _samples.Values
        from @group in stream.Groups
        select new Measurement<long>(value(@group), Tags(stream.Name, @group.Name));
}
