using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Keltner channel: EMA(period) of the close, plus and minus <c>width</c> * ATR(atrPeriod).</summary>
/// <remarks>Warm-up: the larger of both periods in bars. Source: C. Keltner, 1960, in L. Raschke's form. Constant time. For one
/// thread.</remarks>
public sealed class KeltnerChannel(int period = 20, int atrPeriod = 10, double width = 2.0)
{
    private readonly double _width = Period.Width(width);
    private readonly Atr _atr = new(atrPeriod);
    private Ema _middle = new(period);

    /// <summary>Whether both averages are ready.</summary>
    public bool IsReady => _middle.IsReady && _atr.IsReady;

    /// <summary>EMA of the close.</summary>
    public double Middle => _middle.Value;

    /// <summary>Middle + width * ATR.</summary>
    public double Upper => Middle + (_width * _atr.Value);

    /// <summary>Middle - width * ATR.</summary>
    public double Lower => Middle - (_width * _atr.Value);

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _middle.Update(bar.Close);
        _atr.Update(bar);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _atr.Save(writer);
        _middle.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _atr.Load(ref reader);
        _middle.Load(ref reader);
    }
}
