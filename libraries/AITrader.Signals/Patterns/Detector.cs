using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.Indicators;
using AITrader.Signals.State;

namespace AITrader.Signals.Patterns;

/// <summary>One pattern at work on one symbol. For one thread; allocates in the constructor only.</summary>
internal abstract class Detector
{
    /// <summary>Writes what the next ticks depend on.</summary>
    internal abstract void Save(StateWriter writer);

    /// <summary>Goes on where <see cref="Save"/> was called.</summary>
    internal abstract void Load(ref StateReader reader);
}

/// <summary>A pattern that looks at each trade.</summary>
internal abstract class TradeDetector : Detector
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
internal abstract class QuoteDetector : Detector
{
    /// <summary>Looks at a quote.</summary>
    internal abstract void Update(in PackedTick quote, ref Detections found);
}

/// <summary>A pattern that looks at each closed bar.</summary>
internal abstract class BarDetector : Detector
{
    /// <summary>Bars before the last that it reads.</summary>
    internal virtual int Lookback => 1;

    /// <summary>Looks at the bar that was just closed: <c>series[0]</c>.</summary>
    internal abstract void Update(BarSeries series, ref Detections found);
}
