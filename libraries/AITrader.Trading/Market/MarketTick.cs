namespace AITrader.Trading.Market;

/// <summary>What the simulator sees of a tick.</summary>
public readonly record struct MarketTick
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Name of the tick, from which execution ids are derived.</summary>
    public required string TickId { get; init; }

    /// <summary>Trade price, or the mid of a quote.</summary>
    public required decimal Price { get; init; }

    /// <summary>Traded quantity; zero for a quote.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Whether it reports a trade.</summary>
    public required bool IsTrade { get; init; }

    /// <summary>Best bid, where the tick carries it.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Quantity at the best bid, where known.</summary>
    public decimal? BidSize { get; init; }

    /// <summary>Best ask, where the tick carries it.</summary>
    public decimal? Ask { get; init; }

    /// <summary>Quantity at the best ask, where known.</summary>
    public decimal? AskSize { get; init; }

    /// <summary>Event time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Position in its run or feed.</summary>
    public required long Seq { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public required string Run { get; init; }
}
