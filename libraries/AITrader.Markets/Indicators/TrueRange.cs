namespace AITrader.Markets.Indicators;

/// <summary>True range: max(high - low, |high - previous close|, |low - previous close|); high - low for the first bar.</summary>
/// <remarks>Warm-up: one bar. Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978. Constant time. For one thread.</remarks>
public struct TrueRange
{
    private double _previousClose;

    /// <summary>Whether a bar was seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The range of the last bar.</summary>
    public double Value { get; private set; }

    /// <summary>Takes the next bar.</summary>
    public void Update(in Bar bar)
    {
        Value = IsReady
            ? Math.Max(bar.High - bar.Low, Math.Max(Math.Abs(bar.High - _previousClose), Math.Abs(bar.Low - _previousClose)))
            : bar.High - bar.Low;
        _previousClose = bar.Close;
        IsReady = true;
    }
}
