using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>One pattern at work on one symbol. For one thread; allocates in the constructor only.</summary>
internal abstract class Detector(PatternValues values)
{
    /// <summary>Whether it remembers nothing from one update to the next: one object serves all symbols, on any thread.</summary>
    internal virtual bool IsStateless => false;

    /// <summary>Index in the catalogue.</summary>
    protected int Pattern { get; } = values.Pattern;

    /// <summary>Writes what the next ticks depend on.</summary>
    internal virtual void Save(StateWriter writer) => MustBeStateless();

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    internal virtual void Load(ref StateReader reader) => MustBeStateless();

    private void MustBeStateless()
    {
        if (!IsStateless)
        {
            throw new NotSupportedException($"{GetType().Name} holds a state, and does not save it.");
        }
    }
}

/// <summary>A pattern that looks at each trade.</summary>
internal abstract class TradeDetector(PatternValues values) : Detector(values)
{
    /// <summary>Whether it asks which side took the trade.</summary>
    internal virtual bool ReadsSide => false;

    /// <summary>Looks at a trade.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="side">1 where a buyer took it, -1 where a seller did, 0 while that is not known or not asked for.</param>
    /// <param name="state">The symbol's indicators, the trade included.</param>
    /// <param name="found">Where detections go.</param>
    internal abstract void Update(in PackedTick trade, int side, SymbolState state, ref Detections found);
}

/// <summary>A pattern that looks at each quote.</summary>
internal abstract class QuoteDetector(PatternValues values) : Detector(values)
{
    /// <summary>Looks at a quote.</summary>
    internal abstract void Update(in PackedTick quote, ref Detections found);
}

/// <summary>A pattern that looks at each closed bar.</summary>
internal abstract class BarDetector(PatternValues values) : Detector(values)
{
    /// <summary>Bars before the last that it reads.</summary>
    internal virtual int Lookback => 1;

    /// <summary>Looks at the bar that was just closed: <c>series[0]</c>.</summary>
    internal abstract void Update(BarSeries series, ref Detections found);
}
