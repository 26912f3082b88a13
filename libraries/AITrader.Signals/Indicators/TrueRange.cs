using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>True range: max(high - low, |high - previous close|, |low - previous close|); high - low for the first bar.</summary>
/// <remarks>Warm-up: one bar. Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Constant time. For one
/// thread.</remarks>
public struct TrueRange
{
    private double _previousClose;

    /// <summary>Whether a bar was seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The range of the last bar.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        Value = IsReady
            ? Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - _previousClose), Math.Abs(bar.Low - _previousClose)))
            : bar.High - bar.Low;
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
