using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Donchian channel: highest high and lowest low of the last <c>period</c> bars, the last one included, and their
/// middle.</summary>
/// <remarks>Warm-up: period bars. Source: R. Donchian. Constant time a bar on average. For one thread.</remarks>
public sealed class DonchianChannel(int period = 20)
{
    private readonly HighLowWindow _window = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _window.IsReady;

    /// <summary>Highest high.</summary>
    public double Upper => _window.High;

    /// <summary>Lowest low.</summary>
    public double Lower => _window.Low;

    /// <summary>(upper + lower) / 2.</summary>
    public double Middle => _window.Middle;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _window.Update(bar);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer) => _window.Save(writer);

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader) => _window.Load(ref reader);
}
