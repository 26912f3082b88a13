using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Hull moving average: WMA(2 * WMA(x, period / 2) - WMA(x, period), sqrt(period)), both lengths cut to whole numbers.</summary>
/// <remarks>Warm-up: period + floor(sqrt(period)) - 1 inputs; the outer average takes nothing before the inner ones are ready. Source: A.
/// Hull, 2005.
/// Constant time an input on average. For one thread.</remarks>
public sealed class Hma(int period)
{
    private readonly Wma _half = new(Math.Max(1, period / 2));
    private readonly Wma _full = new(period);
    private readonly Wma _outer = new((int)Math.Sqrt(period));

    /// <summary>Whether the outer window is full.</summary>
    public bool IsReady => _outer.IsReady;

    /// <summary>The average; 0 while the inner averages are not ready.</summary>
    public double Value => _outer.Value;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _half.Update(input);
        _full.Update(input);
        if (_full.IsReady)
        {
            _outer.Update((2.0 * _half.Value) - _full.Value);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _half.Save(writer);
        _full.Save(writer);
        _outer.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _half.Load(ref reader);
        _full.Load(ref reader);
        _outer.Load(ref reader);
    }
}
