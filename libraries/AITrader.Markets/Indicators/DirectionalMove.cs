namespace AITrader.Markets.Indicators;

/// <summary>Wilder's directional movement: what the larger of high - previous high and previous low - low is, on its side; 0 where neither is above 0 or they are equal.</summary>
/// <remarks>Warm-up: two bars. Source: J. W. Wilder, 1978. Constant time. For one thread.</remarks>
public struct DirectionalMove
{
    private double _previousHigh;
    private double _previousLow;
    private bool _started;

    /// <summary>Whether two bars were seen.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Upward movement of the last bar.</summary>
    public double Plus { get; private set; }

    /// <summary>Downward movement of the last bar.</summary>
    public double Minus { get; private set; }

    /// <summary>Takes the next bar.</summary>
    public void Update(in Bar bar)
    {
        var up = bar.High - _previousHigh;
        var down = _previousLow - bar.Low;
        IsReady = _started;
        Plus = _started && up > down && up > 0 ? up : 0.0;
        Minus = _started && down > up && down > 0 ? down : 0.0;
        _previousHigh = bar.High;
        _previousLow = bar.Low;
        _started = true;
    }
}
