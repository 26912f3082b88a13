using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Lambert's commodity channel index: (tp - mean) / (0.015 * mean absolute deviation) of the last <c>period</c> typical
/// prices.</summary>
/// <remarks>0 where the deviation is 0. Warm-up: period bars. Period steps a bar. Source: D. Lambert, Commodities, 1980. For one
/// thread.</remarks>
public sealed class Cci(int period = 14)
{
    private const double Constant = 0.015;

    private readonly RollingValues _window = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _window.IsReady;

    /// <summary>The index.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var typical = bar.Typical;
        _window.Update(typical);
        var mean = _window.MeanAbout(typical);
        var away = 0.0;
        foreach (var value in _window.Held)
        {
            away += Math.Abs(value - mean);
        }

        Value = away == 0 ? 0.0 : (typical - mean) / (Constant * (away / _window.Count));
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _window.Save(writer);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _window.Load(ref reader);
        Value = reader.ReadDouble();
    }
}
