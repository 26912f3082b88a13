namespace AITrader.Markets.Indicators;

/// <summary>Average true range of bars: Wilder's average of the true range, the first bar's included.</summary>
/// <remarks>Warm-up: period bars. Source: J. W. Wilder, 1978. Constant time. For one thread.</remarks>
public sealed class Atr(int period = 14)
{
    private TrueRange _range;
    private WilderAverage _average = new(Period.Checked(period));

    /// <summary>Whether enough bars were seen.</summary>
    public bool IsReady => _average.IsReady;

    /// <summary>The average.</summary>
    public double Value => _average.Value;

    /// <summary>Takes the next bar.</summary>
    public void Update(in Bar bar)
    {
        _range.Update(bar);
        _average.Update(_range.Value);
    }
}
