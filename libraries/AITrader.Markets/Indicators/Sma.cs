namespace AITrader.Markets.Indicators;

/// <summary>Simple moving average: the mean of the last <c>period</c> inputs.</summary>
/// <remarks>Warm-up: period inputs; before them the mean of what was seen. Constant time an input on average. For one thread.</remarks>
public sealed class Sma(int period)
{
    private readonly RollingSum _sum = new(period);

    /// <summary>Whether the window is full.</summary>
    public bool IsReady => _sum.IsReady;

    /// <summary>The mean.</summary>
    public double Value => _sum.Mean;

    /// <summary>Takes the next input.</summary>
    public void Update(double input) => _sum.Update(input);
}
