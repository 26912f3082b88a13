using AITrader.Signals.State;

namespace AITrader.Signals.Indicators;

/// <summary>Lane's stochastic: raw %K = 100 * (close - lowest low) / (highest high - lowest low); %K = SMA(raw), %D = SMA(%K).</summary>
/// <remarks>Each average takes nothing before its input is ready; raw %K is 50 where the range is empty. Warm-up in bars: period for raw,
/// period + kSmoothing - 1 for %K,
/// period + kSmoothing + dSmoothing - 2 for %D. Source: G. Lane. Constant time a bar on average. For one thread.</remarks>
public sealed class Stochastic(int period = 14, int kSmoothing = 3, int dSmoothing = 3)
{
    private readonly HighLowWindow _window = new(period);
    private readonly Sma _k = new(kSmoothing);
    private readonly Sma _d = new(dSmoothing);

    /// <summary>Whether %D is ready.</summary>
    public bool IsReady => _d.IsReady;

    /// <summary>Whether %K is ready.</summary>
    public bool IsKReady => _k.IsReady;

    /// <summary>Raw %K of the last bar, 0 to 100.</summary>
    public double RawK { get; private set; }

    /// <summary>Smoothed %K, 0 to 100.</summary>
    public double K => _k.Value;

    /// <summary>%D, 0 to 100.</summary>
    public double D => _d.Value;

    /// <summary>Takes the next bar.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bar holds a number that is not finite.</exception>
    public void Update(in BarInput bar)
    {
        Input.Check(bar);
        _window.Update(bar);
        RawK = _window.PercentOf(bar.Close);
        if (_window.IsReady)
        {
            _k.Update(RawK);
        }

        if (IsKReady)
        {
            _d.Update(K);
        }
    }

    /// <summary>Writes what the inputs left; not the parameters.</summary>
    public void Save(StateWriter writer)
    {
        _window.Save(writer);
        _k.Save(writer);
        _d.Save(writer);
        writer.Write(RawK);
    }

    /// <summary>Takes what <see cref="Save"/> of the same parameters wrote, and goes on from there to the bit.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or make no sense.</exception>
    public void Load(ref StateReader reader)
    {
        _window.Load(ref reader);
        _k.Load(ref reader);
        _d.Load(ref reader);
        RawK = reader.ReadDouble();
    }
}
