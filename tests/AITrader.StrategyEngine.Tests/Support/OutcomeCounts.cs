using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>Counts what came of followed forecasts, as the metric of one host or test does.</summary>
internal sealed class OutcomeCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public OutcomeCounts(IMeterFactory scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "aitrader.strategy.outcomes" && instrument.Meter.Scope == scope)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => _counts.AddOrUpdate($"{tags[0].Value}", value, (_, before) => before + value)
        );
        _listener.Start();
    }

    public long this[string fate] => _counts.GetValueOrDefault(fate);

    /// <summary>All of them, in one line.</summary>
    public override string ToString() =>
        string.Join(' ', _counts.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => $"{one.Key}={one.Value}"));

    public void Dispose() => _listener.Dispose();
}
