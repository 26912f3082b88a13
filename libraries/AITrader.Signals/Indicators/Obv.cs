using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>On-balance volume: the first bar's volume, then plus the volume where the close rose, minus it where it fell.</summary>
/// <remarks>Warm-up: one bar. Source: J. Granville, 1963; first value as in TA-Lib. Constant time. For one thread.</remarks>
public struct Obv
{
    private double _previousClose;

    /// <summary>Whether a bar was seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The balance.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var sign = IsReady ? Math.Sign(bar.Close - _previousClose) : 1;
        Value += sign * bar.Volume;
        _previousClose = bar.Close;
        IsReady = true;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(_previousClose);
        writer.Write(IsReady);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _previousClose = reader.ReadDouble();
        IsReady = reader.ReadBoolean();
        Value = reader.ReadDouble();
    }
}
