using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Highest high and lowest low of the last <c>period</c> bars, the last one included. For one thread; constant time a bar on
/// average.</summary>
internal sealed class HighLowWindow
{
    private readonly PriceWindow _highs;
    private readonly PriceWindow _lows;

    internal HighLowWindow(int period)
    {
        _highs = new PriceWindow(Period.Checked(period));
        _lows = new PriceWindow(period);
    }

    internal bool IsReady => _highs.IsFull;

    internal double High => _highs.High;

    internal double Low => _lows.Low;

    /// <summary>(high + low) / 2.</summary>
    internal double Middle => (High + Low) / 2.0;

    internal void Update(in BarInput bar)
    {
        _highs.Push(bar.High);
        _lows.Push(bar.Low);
    }

    /// <summary>Where a price lies between low and high, in percent; 50 where they are equal.</summary>
    internal double PercentOf(double price) => RangePercent.Of(price, Low, High);

    internal void Save(StateWriter writer)
    {
        _highs.Save(writer);
        _lows.Save(writer);
    }

    internal void Load(ref StateReader reader)
    {
        _highs.Load(ref reader);
        _lows.Load(ref reader);
    }
}
