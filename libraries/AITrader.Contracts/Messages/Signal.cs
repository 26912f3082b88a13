namespace AITrader.Contracts.Messages;

/// <summary>Which way a pattern points.</summary>
public enum SignalDirection
{
    /// <summary>Prices are expected to rise.</summary>
    Bullish,

    /// <summary>Prices are expected to fall.</summary>
    Bearish,
}

/// <summary>A pattern found at one tick, on <see cref="StreamNames.Signals"/>.</summary>
public sealed record Signal
{
    /// <summary><see cref="DeterministicId.Signal"/> of tick and pattern.</summary>
    public required Guid Id { get; init; }

    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Strength in [0, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Event time of the tick.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Detector, such as ema_cross.</summary>
    public required string Pattern { get; init; }

    /// <summary>Which way it points.</summary>
    public required SignalDirection Direction { get; init; }

    /// <summary>Price of the tick: of the trade, or the mid where a quote is the tick.</summary>
    public required decimal Price { get; init; }

    /// <summary><see cref="Tick.TickId"/> of the tick.</summary>
    public required string TickId { get; init; }

    /// <summary><see cref="Tick.Seq"/> of the tick.</summary>
    public required long Seq { get; init; }

    /// <summary><see cref="Tick.Run"/> of the tick.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>Everything a decision needs to know about the market at the tick.</summary>
    public required SignalFeatures Features { get; init; }

    /// <summary>W3C traceparent.</summary>
    public string Trace { get; init; } = string.Empty;
}

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

    /// <summary>Event time, in seconds, that the signal speaks of; null where its writer did not say.</summary>
    public double? HorizonSeconds { get; init; }
}
