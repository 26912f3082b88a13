using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>SuperTrend: a stop at <c>width</c> * ATR(period) from the middle of the bar that only follows the trend, and changes sides
/// where the close crosses it.</summary>
/// <remarks>
/// upper = median + width * ATR, unless the one before is lower and the close before was not above it: then that one stays; lower = median
/// - width * ATR
/// accordingly. The trend starts up where the close of the first bar with an ATR is above its median, else down; it turns up where the
/// close is above the upper band,
/// and down where it is below the lower. The value is the lower band in an up trend, else the upper. Warm-up: period bars. Source: O.
/// Seban. Constant time. For one thread.
/// </remarks>
public sealed class SuperTrend(int period = 10, double width = 3.0)
{
    private readonly double _width = Period.Width(width);
    private readonly Atr _atr = new(period);
    private double _upper = double.PositiveInfinity;
    private double _lower = double.NegativeInfinity;
    private double _previousClose;

    /// <summary>Whether the ATR is ready.</summary>
    public bool IsReady => _atr.IsReady;

    /// <summary>Whether the trend is up; false before <see cref="IsReady"/>.</summary>
    public bool IsUp { get; private set; }

    /// <summary>The stop; 0 before <see cref="IsReady"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var isFirst = !IsReady;
        _atr.Update(bar);
        if (IsReady)
        {
            MoveBands(bar);
            IsUp =
                isFirst ? bar.Close > bar.Median
                : IsUp ? bar.Close >= _lower
                : bar.Close > _upper;
            Value = IsUp ? _lower : _upper;
        }

        _previousClose = bar.Close;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _atr.Save(writer);
        writer.Write(_upper);
        writer.Write(_lower);
        writer.Write(_previousClose);
        writer.Write(IsUp);
        writer.Write(Value);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _atr.Load(ref reader);
        _upper = reader.ReadDouble();
        _lower = reader.ReadDouble();
        _previousClose = reader.ReadDouble();
        IsUp = reader.ReadBoolean();
        Value = reader.ReadDouble();
    }

    private void MoveBands(in BarInput bar)
    {
        var away = _width * _atr.Value;
        var upper = bar.Median + away;
        var lower = bar.Median - away;
        _upper = upper < _upper || _previousClose > _upper ? upper : _upper;
        _lower = lower > _lower || _previousClose < _lower ? lower : _lower;
    }
}
