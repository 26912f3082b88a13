using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Linearly weighted moving average: the newest of <c>period</c> inputs weighs period, the oldest 1; divided by period * (period +
/// 1) / 2.</summary>
/// <remarks>Warm-up: period inputs; before them the same over what was seen. Constant time an input on average. For one thread.</remarks>
public sealed class Wma(int period)
{
    private readonly RollingSum _sum = new(period);
    private CompensatedSum _weighted;

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _sum.IsReady;

    /// <summary>The average; 0 before the first input.</summary>
    public double Value => _sum.Count == 0 ? 0.0 : _weighted.Value / (_sum.Count * (_sum.Count + 1.0) / 2.0);

    /// <summary>Takes the next input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input is not finite.</exception>
    public void Update(double input)
    {
        Input.Check(input);

        // In a full window every weight falls by one as the new input comes: that takes the plain sum away once.
        if (_sum.IsReady)
        {
            _weighted.Subtract(_sum.Whole);
        }

        _sum.Update(input);
        _weighted.AddProduct(_sum.Count, input);
        if (_sum.IsTurn)
        {
            WeighAnew(_sum.Held);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _sum.Save(writer);
        _weighted.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _sum.Load(ref reader);
        _weighted.Load(ref reader);
    }

    private void WeighAnew(ReadOnlySpan<double> values)
    {
        _weighted = default;
        for (var i = 0; i < values.Length; i++)
        {
            _weighted.AddProduct(i + 1, values[i]);
        }
    }
}
