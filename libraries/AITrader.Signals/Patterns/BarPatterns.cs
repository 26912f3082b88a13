using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Patterns.Candlesticks;
using AITrader.Signals.Patterns.Oscillators;
using AITrader.Signals.Patterns.PriceAction;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>One symbol's time bars and the patterns that read them. For one thread; allocates in the constructor only.</summary>
/// <remarks>A bar is over with the first tick at or after its end: that tick is the one its patterns are found at.</remarks>
internal sealed class BarPatterns
{
    private readonly TimeBarBuilder _builder;
    private readonly CandleDetector _candles;
    private readonly BarSeries _series;
    private readonly IBarDetector[] _detectors;

    internal BarPatterns(PatternParameters parameters)
    {
        _builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(parameters.BarSeconds));
        _candles = new CandleDetector(parameters);
        _series = new BarSeries(parameters.PivotBars, BarDefinitions.LookbackOf(parameters));
        var running = parameters.Running;
        _detectors =
        [
            .. BarDefinitions
                .All.Where(definition => running.Contains(definition.Index))
                .Select(definition => Create(parameters.Of(definition.Index))),
        ];
    }

    /// <summary>Whether none of its patterns runs.</summary>
    internal bool IsIdle => _candles.IsIdle && _detectors.Length == 0;

    internal void Update(in PackedTick tick, ref Detections found)
    {
        if (_builder.AdvanceTo(tick.TimeMicros, out var closed))
        {
            Close(Indicators.Bar.Of(closed), tick.TimeMicros, ref found);
        }

        _builder.Update(tick, out _);
    }

    internal void Save(StateWriter writer)
    {
        _builder.Save(writer);
        _candles.Save(writer);
        if (_detectors.Length == 0)
        {
            return;
        }

        _series.Save(writer);
        foreach (var detector in _detectors)
        {
            detector.Save(writer);
        }
    }

    internal void Load(ref StateReader reader)
    {
        _builder.Load(ref reader);
        _candles.Load(ref reader);
        if (_detectors.Length == 0)
        {
            return;
        }

        _series.Load(ref reader);
        foreach (var detector in _detectors)
        {
            detector.Load(ref reader);
        }
    }

    // The order of the catalogue: what is no candlestick comes first.
    private void Close(in Indicators.Bar bar, long micros, ref Detections found)
    {
        if (_detectors.Length > 0)
        {
            _series.Push(bar, micros);
            foreach (var detector in _detectors)
            {
                detector.Update(_series, ref found);
            }
        }

        if (!_candles.IsIdle)
        {
            _candles.Update(bar, micros, ref found);
        }
    }

    private static IBarDetector Create(PatternValues values) =>
        values.Pattern switch
        {
            PatternCatalogue.MacdCross => new MacdCrossDetector(values),
            PatternCatalogue.RsiDivergence => new RsiDivergenceDetector(values),
            PatternCatalogue.Breakdown => BreakdownDetector.Of(values),
            PatternCatalogue.DoubleTop => new DoubleDetector(1, FormationRules.Of(values), new SignalGate(values)),
            PatternCatalogue.DoubleBottom => new DoubleDetector(-1, FormationRules.Of(values), new SignalGate(values)),
            PatternCatalogue.HeadAndShoulders => new HeadAndShouldersDetector(1, FormationRules.Of(values), new SignalGate(values)),
            PatternCatalogue.InverseHeadAndShoulders => new HeadAndShouldersDetector(-1, FormationRules.Of(values), new SignalGate(values)),
            PatternCatalogue.AscendingTriangle => new TriangleDetector(
                TriangleShape.Ascending,
                FormationRules.Of(values),
                new SignalGate(values)
            ),
            PatternCatalogue.DescendingTriangle => new TriangleDetector(
                TriangleShape.Descending,
                FormationRules.Of(values),
                new SignalGate(values)
            ),
            PatternCatalogue.SymmetricTriangle => new TriangleDetector(
                TriangleShape.Symmetric,
                FormationRules.Of(values),
                new SignalGate(values)
            ),
            PatternCatalogue.BullFlag => new FlagDetector(1, values),
            PatternCatalogue.BearFlag => new FlagDetector(-1, values),
            PatternCatalogue.Gap => GapDetector.Of(values),
            PatternCatalogue.Range => new RangeDetector(values),
            _ => throw new InvalidOperationException($"No detector for pattern {values.Pattern}."),
        };
}
