using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Money flow index: 100 * positive / (positive + negative) flow of the last <c>period</c> changes of the typical price.</summary>
/// <remarks>Flow = typical price * volume, positive where the typical price rose, negative where it fell, neither where it stayed; 50 where
/// nothing flowed.
/// Warm-up: period + 1 bars, as the first has no direction. Source: G. Quong, A. Soudack. Constant time a bar on average. For one
/// thread.</remarks>
public sealed class Mfi(int period = 14)
{
    private readonly RollingSum _positive = new(period);
    private readonly RollingSum _negative = new(period);
    private double _previous;
    private bool _started;

    /// <summary>Whether enough bars were seen.</summary>
    public bool IsReady => _positive.IsReady;

    /// <summary>The index, 0 to 100.</summary>
    public double Value => RangePercent.Of(_positive.Sum, 0.0, _positive.Sum + _negative.Sum);

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var typical = bar.Typical;
        if (_started)
        {
            var flow = typical * bar.Volume;
            _positive.Update(typical > _previous ? flow : 0.0);
            _negative.Update(typical < _previous ? flow : 0.0);
        }

        _started = true;
        _previous = typical;
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _positive.Save(writer);
        _negative.Save(writer);
        writer.Write(_previous);
        writer.Write(_started);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _positive.Load(ref reader);
        _negative.Load(ref reader);
        _previous = reader.ReadDouble();
        _started = reader.ReadBoolean();
    }
}
