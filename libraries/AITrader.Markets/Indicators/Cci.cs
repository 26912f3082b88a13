namespace AITrader.Markets.Indicators;

/// <summary>Lambert's commodity channel index: (tp - mean) / (0.015 * mean absolute deviation) of the last <c>period</c> typical prices.</summary>
/// <remarks>0 where the deviation is 0. Warm-up: period bars. Period steps a bar. Source: D. Lambert, Commodities, 1980. For one thread.</remarks>
public sealed class Cci(int period = 14)
{
    private const double Constant = 0.015;

    private readonly RollingSum _window = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _window.IsReady;

    /// <summary>The index.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    public void Update(in Bar bar)
    {
        var typical = bar.Typical;
        _window.Update(typical);
        var mean = _window.MeanAbout(typical);
        var away = 0.0;
        foreach (var value in _window.Held)
        {
            away += Math.Abs(value - mean);
        }

        Value = away == 0 ? 0.0 : (typical - mean) / (Constant * (away / _window.Count));
    }
}
