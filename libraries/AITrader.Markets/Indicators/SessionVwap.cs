using AITrader.Markets.State;

namespace AITrader.Markets.Indicators;

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
    public void Update(double price, double size)
    {
        _notional += price * size;
        _volume += size;
        _last = price;
    }

    internal readonly void Save(StateWriter writer)
    {
        writer.Write(_notional);
        writer.Write(_volume);
        writer.Write(_last);
    }

    internal void Load(ref StateReader reader)
    {
        _notional = reader.ReadDouble();
        _volume = reader.ReadDouble();
        _last = reader.ReadDouble();
    }
}
