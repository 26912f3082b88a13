using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Simple moving average: the mean of the last <c>period</c> inputs.</summary>
/// <remarks>Warm-up: period inputs; before them the mean of what was seen. Constant time an input on average. For one thread.</remarks>
public sealed class Sma(int period)
{
    private readonly RollingSum _sum = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _sum.IsReady;

    /// <summary>The mean.</summary>
    public double Value => _sum.Mean;

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);
        _sum.Update(input);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer) => _sum.Save(writer);

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader) => _sum.Load(ref reader);
}
