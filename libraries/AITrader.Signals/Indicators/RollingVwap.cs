using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Volume-weighted average price of the last <c>period</c> inputs: sum(price * volume) / sum(volume).</summary>
/// <remarks>The last price where the window has no volume. Warm-up: period inputs; before them the same over what was seen. Constant time
/// an input on average.
/// For one thread. The average since the session's start is <see cref="SessionVwap"/>.</remarks>
public sealed class RollingVwap(int period)
{
    private readonly RollingSum _notional = new(period);
    private readonly RollingSum _volume = new(period);
    private double _last;

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _volume.IsReady;

    /// <summary>The average.</summary>
    public double Value => _volume.Sum > 0 ? _notional.Sum / _volume.Sum : _last;

    /// <summary>Takes the next bar at its price (open + high + low + close) / 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        Update(bar.Average, bar.Volume);
    }

    /// <summary>Takes the next price and the volume traded at it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input is not finite.</exception>
    public void Update(double price, double volume)
    {
        Input.Check(price);
        Input.Check(volume);
        _notional.Update(price * volume);
        _volume.Update(volume);
        _last = price;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _notional.Save(writer);
        _volume.Save(writer);
        writer.Write(_last);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _notional.Load(ref reader);
        _volume.Load(ref reader);
        _last = reader.ReadDouble();
    }
}
