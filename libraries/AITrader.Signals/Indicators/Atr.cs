using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Average true range of bars: Wilder's average of the true range, the first bar's included.</summary>
/// <remarks>Warm-up: period bars. Source: J. W. Wilder, 1978. Constant time. For one thread.</remarks>
public sealed class Atr(int period = 14)
{
    private TrueRange _range;
    private WilderAverage _average = new(period);

    /// <summary>Whether enough bars were seen.</summary>
    public bool IsReady => _average.IsReady;

    /// <summary>The average.</summary>
    public double Value => _average.Value;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _range.Update(bar);
        _average.Update(_range.Value);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _range.Save(writer);
        _average.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _range.Load(ref reader);
        _average.Load(ref reader);
    }
}
