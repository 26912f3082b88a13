using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Williams %R: -100 * (highest high - close) / (highest high - lowest low) of the last <c>period</c> bars.</summary>
/// <remarks>-50 where the range is empty. Warm-up: period bars. Source: L. Williams, 1973. Constant time a bar on average. For one
/// thread.</remarks>
public sealed class WilliamsR(int period = 14)
{
    private readonly HighLowWindow _window = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _window.IsReady;

    /// <summary>The indicator, -100 to 0.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _window.Update(bar);
        Value = _window.PercentOf(bar.Close) - 100.0;
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
