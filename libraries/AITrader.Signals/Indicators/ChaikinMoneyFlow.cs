using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Chaikin money flow: sum(m * volume) / sum(volume) of the last <c>period</c> bars, m = ((close - low) - (high - close)) / (high
/// - low).</summary>
/// <remarks>m is 0 where high equals low, the flow 0 where the window has no volume. Warm-up: period bars. Source: M. Chaikin.
/// Constant time a bar on average. For one thread.</remarks>
public sealed class ChaikinMoneyFlow(int period = 20)
{
    private readonly RollingSum _flow = new(period);
    private readonly RollingSum _volume = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _volume.IsReady;

    /// <summary>The flow, -1 to 1.</summary>
    public double Value => _volume.Sum > 0 ? _flow.Sum / _volume.Sum : 0.0;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        var range = bar.High - bar.Low;
        var multiplier = range == 0 ? 0.0 : ((bar.Close - bar.Low) - (bar.High - bar.Close)) / range;
        _flow.Update(multiplier * bar.Volume);
        _volume.Update(bar.Volume);
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _flow.Save(writer);
        _volume.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _flow.Load(ref reader);
        _volume.Load(ref reader);
    }
}
