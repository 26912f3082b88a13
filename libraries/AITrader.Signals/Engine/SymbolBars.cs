using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.State;

namespace AITrader.Signals.Engine;

/// <summary>One symbol's time bars and the patterns that read them. For one thread; allocates in the constructor only.</summary>
/// <remarks>A bar is over with the first tick at or after its end: that tick is the one its patterns are found at.</remarks>
internal sealed class SymbolBars
{
    private readonly TimeBarBuilder _builder;
    private readonly BarSeries _series;
    private readonly BarDetector[] _detectors;
    private readonly BarDetector[] _shared;

    internal SymbolBars(DetectorPlan plan)
    {
        _builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(plan.Parameters.BarSeconds));
        _series = new BarSeries(plan.Parameters.PivotBars, plan.MaxLookback);
        _detectors = plan.CreateBars();
        _shared = plan.SharedBars;
    }

    internal void Update(in PackedTick tick, ref Detections found)
    {
        if (_builder.AdvanceTo(tick.TimeMicros, out var closed))
        {
            _series.Push(BarInput.Of(closed), tick.TimeMicros);
            foreach (var detector in _detectors)
            {
                detector.Update(_series, ref found);
            }

            foreach (var detector in _shared)
            {
                detector.Update(_series, ref found);
            }
        }

        _builder.Update(tick, out _);
    }

    internal void Save(StateWriter writer)
    {
        _builder.Save(writer);
        _series.Save(writer);
        foreach (var detector in _detectors)
        {
            detector.Save(writer);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _builder.Load(ref reader);
        _series.Load(ref reader);
        foreach (var detector in _detectors)
        {
            detector.Load(ref reader);
        }
    }
}
