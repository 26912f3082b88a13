using AITrader.Markets.Bars;
using AITrader.Markets.Patterns.Candlesticks;
using AITrader.Markets.State;

namespace AITrader.Markets.Patterns;

/// <summary>One symbol's time bars and the patterns that read them. For one thread; allocates in the constructor only.</summary>
/// <remarks>A bar is over with the first tick at or after its end: that tick is the one its patterns are found at.</remarks>
internal sealed class BarPatterns
{
    private readonly TimeBarBuilder _builder;
    private readonly CandleDetector _candles;

    internal BarPatterns(PatternParameters parameters)
    {
        _builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(parameters.BarSeconds));
        _candles = new CandleDetector(parameters);
    }

    /// <summary>Whether none of its patterns runs.</summary>
    internal bool IsIdle => _candles.IsIdle;

    internal void Update(in MarketTick tick, ref Detections found)
    {
        if (_builder.AdvanceTo(tick.TimeMicros, out var closed))
        {
            Close(closed.ToBar(), tick.TimeMicros, ref found);
        }

        _builder.Update(tick, out _);
    }

    internal void Save(StateWriter writer)
    {
        _builder.Save(writer);
        _candles.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        _builder.Load(ref reader);
        _candles.Load(ref reader);
    }

    private void Close(in Indicators.Bar bar, long micros, ref Detections found) => _candles.Update(bar, micros, ref found);
}
