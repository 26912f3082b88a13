namespace AITrader.Domain.Signals;

/// <summary>Per-symbol state at the tick of a signal. A decision rests on this, not on what the market has done since.</summary>
public sealed record SignalFeatures
{
    /// <summary>Fast exponential average of trade prices.</summary>
    public required double EmaFast { get; init; }

    /// <summary>Slow exponential average of trade prices.</summary>
    public required double EmaSlow { get; init; }

    /// <summary>Volume-weighted average price of the session.</summary>
    public required double Vwap { get; init; }

    /// <summary>Sample standard deviation of trade prices around their running mean.</summary>
    public required double StdDev { get; init; }

    /// <summary>Wilder's RSI in [0, 100].</summary>
    public required double Rsi { get; init; }

    /// <summary>Wilder's average of absolute price changes from trade to trade.</summary>
    public required double Atr { get; init; }

    /// <summary>Best bid at the tick, where known.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Best ask at the tick, where known.</summary>
    public decimal? Ask { get; init; }

    /// <summary>Trades seen, for warm-up.</summary>
    public required long Trades { get; init; }

    /// <summary>The last trade prices, oldest first: the forecaster's window.</summary>
    public required IReadOnlyList<double> Window { get; init; }

    /// <summary>What the detector saw, by name: its evidence.</summary>
    public required IReadOnlyDictionary<string, double> Evidence { get; init; }

    /// <summary>What a classifier says of the last bars; null where there is none, or too few bars.</summary>
    public PatternReading? Class { get; init; }

    /// <summary>Event time, in seconds, that the signal speaks of; null where its writer did not say.</summary>
    public double? HorizonSeconds { get; init; }
}
