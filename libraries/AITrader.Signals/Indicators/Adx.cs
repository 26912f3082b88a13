using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Wilder's directional indicators and average directional index.</summary>
/// <remarks>
/// +DI = 100 * Wilder(+DM) / Wilder(TR), -DI the same of -DM; DX = 100 * |+DI - -DI| / (+DI + -DI); ADX = Wilder(DX); ADXR = (ADX + ADX of
/// period - 1 bars ago) / 2. The first bar gives no input. Wilder's sums are period times these averages, so their ratios are the same;
/// where a divisor is 0
/// the result is 0. While nothing moves the averages of TR and DM shrink by the same share, so DI and DX stay; as binary64 would lose the
/// ratios in the end, they are kept as they are once
/// that of TR is below 1e-100. Warm-up in bars: period + 1 for DI and DX, 2 * period for ADX, 3 * period - 1 for ADXR. Source: J. W.
/// Wilder, 1978. Constant time.
/// For one thread. The period is at least 2.
/// </remarks>
public sealed class Adx(int period = 14)
{
    private readonly Delay _earlier = new(period - 1);
    private TrueRange _trueRange;
    private DirectionalMove _move;
    private WilderAverage _range = new(period);
    private WilderAverage _plus = new(period);
    private WilderAverage _minus = new(period);
    private WilderAverage _index = new(period);

    /// <summary>Whether <see cref="Value"/> is ready.</summary>
    public bool IsReady => _index.IsReady;

    /// <summary>Whether <see cref="PlusDi"/>, <see cref="MinusDi"/> and <see cref="Dx"/> are ready.</summary>
    public bool IsDirectionReady => _range.IsReady;

    /// <summary>Whether <see cref="Adxr"/> is ready.</summary>
    public bool IsRatingReady => _earlier.IsReady;

    /// <summary>The average directional index, 0 to 100.</summary>
    public double Value => _index.Value;

    /// <summary>The positive directional indicator, 0 to 100.</summary>
    public double PlusDi => _range.Value == 0 ? 0.0 : 100.0 * (_plus.Value / _range.Value);

    /// <summary>The negative directional indicator, 0 to 100.</summary>
    public double MinusDi => _range.Value == 0 ? 0.0 : 100.0 * (_minus.Value / _range.Value);

    /// <summary>The directional index of the last bar, 0 to 100.</summary>
    public double Dx => PlusDi + MinusDi == 0 ? 0.0 : 100.0 * (Math.Abs(PlusDi - MinusDi) / (PlusDi + MinusDi));

    /// <summary>The average directional index rating; 0 before <see cref="IsRatingReady"/>.</summary>
    public double Adxr => IsRatingReady ? (Value + _earlier.Value) / 2.0 : 0.0;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _trueRange.Update(bar);
        _move.Update(bar);
        if (!_move.IsReady)
        {
            return;
        }

        var (range, plus, minus) = (_range, _plus, _minus);
        _range.Update(_trueRange.Value);
        _plus.Update(_move.Plus);
        _minus.Update(_move.Minus);
        if (range.IsReady && _range.Value < WilderAverage.Still)
        {
            (_range, _plus, _minus) = (range, plus, minus);
        }

        if (IsDirectionReady)
        {
            _index.Update(Dx);
        }

        if (IsReady)
        {
            _earlier.Update(Value);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _earlier.Save(writer);
        _trueRange.Save(writer);
        _move.Save(writer);
        _range.Save(writer);
        _plus.Save(writer);
        _minus.Save(writer);
        _index.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _earlier.Load(ref reader);
        _trueRange.Load(ref reader);
        _move.Load(ref reader);
        _range.Load(ref reader);
        _plus.Load(ref reader);
        _minus.Load(ref reader);
        _index.Load(ref reader);
    }
}
