using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Volume-weighted average price since the start of the session.</summary>
public struct SessionVwap
{
    private double _notional;
    private double _volume;
    private double _last;

    /// <summary>The average; the last price while nothing of known size was traded.</summary>
    public readonly double Value => _volume > 0 ? _notional / _volume : _last;

    /// <summary>Volume of the session.</summary>
    public readonly double Volume => _volume;

    /// <summary>Takes the next trade.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input is not finite.</exception>
    public void Update(double price, double size)
    {
        Input.Check(price);
        Input.Check(size);
        _notional += price * size;
        _volume += size;
        _last = price;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(_notional);
        writer.Write(_volume);
        writer.Write(_last);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _notional = reader.ReadDouble();
        _volume = reader.ReadDouble();
        _last = reader.ReadDouble();
    }
}
