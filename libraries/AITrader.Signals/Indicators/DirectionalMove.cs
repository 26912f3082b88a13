using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Wilder's directional movement: what the larger of high - previous high and previous low - low is, on its side; 0 where neither
/// is above 0 or they are equal.</summary>
/// <remarks>Warm-up: two bars. Source: J. W. Wilder, 1978. Constant time. For one thread.</remarks>
public struct DirectionalMove
{
    private double _previousHigh;
    private double _previousLow;
    private bool _started;

    /// <summary>Whether two bars were seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Upward movement of the last bar.</summary>
    public double Plus { get; private set; }

    /// <summary>Downward movement of the last bar.</summary>
    public double Minus { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var up = bar.High - _previousHigh;
        var down = _previousLow - bar.Low;
        IsReady = _started;
        Plus = _started && up > down && up > 0 ? up : 0.0;
        Minus = _started && down > up && down > 0 ? down : 0.0;
        _previousHigh = bar.High;
        _previousLow = bar.Low;
        _started = true;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public readonly void Save(StateWriter writer)
    {
        writer.Write(_previousHigh);
        writer.Write(_previousLow);
        writer.Write(_started);
        writer.Write(IsReady);
        writer.Write(Plus);
        writer.Write(Minus);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _previousHigh = reader.ReadDouble();
        _previousLow = reader.ReadDouble();
        _started = reader.ReadBoolean();
        IsReady = reader.ReadBoolean();
        Plus = reader.ReadDouble();
        Minus = reader.ReadDouble();
    }
}
