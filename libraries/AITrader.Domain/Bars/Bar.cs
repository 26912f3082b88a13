using AITrader.Domain.Prices;

namespace AITrader.Domain.Bars;

/// <summary>What the prices of a bar are of.</summary>
public enum BarKind : byte
{
    /// <summary>Trades: <see cref="Bar.Trade"/> and <see cref="Bar.Volume"/>.</summary>
    Trade,

    /// <summary>Quotes: <see cref="Bar.Bid"/>, <see cref="Bar.Ask"/> and the last sizes.</summary>
    Quote,
}

/// <summary>A bar in exact numbers. No references, copied by value.</summary>
public readonly record struct Bar
{
    /// <summary>Trades or quotes.</summary>
    public required BarKind Kind { get; init; }

    /// <summary>Index in the symbol table of its ticks.</summary>
    public required int Symbol { get; init; }

    /// <summary>Time bars: start of the interval. Others: time of the first tick. Microseconds since 1970 UTC.</summary>
    public required long StartMicros { get; init; }

    /// <summary>Time bars: first microsecond after the interval. Others: time of the last tick.</summary>
    public required long EndMicros { get; init; }

    /// <summary>Prices of the trades.</summary>
    public Ohlc Trade { get; init; }

    /// <summary>Traded quantity.</summary>
    public Volume Volume { get; init; }

    /// <summary>Best bids.</summary>
    public Ohlc Bid { get; init; }

    /// <summary>Best asks.</summary>
    public Ohlc Ask { get; init; }

    /// <summary>Quantity at the last bid.</summary>
    public Quantity BidSize { get; init; }

    /// <summary>Quantity at the last ask.</summary>
    public Quantity AskSize { get; init; }

    /// <summary>Ticks in it; 0 where it was read from a file that does not say.</summary>
    public long Ticks { get; init; }

    /// <summary>False where it was closed before its rule was met: an event bar at a session's end, any bar that was flushed.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Prices of the trades; of quotes the mids of bid and ask, price by price, or the one side that is known.</summary>
    public Ohlc Prices => Kind == BarKind.Trade ? Trade : Mids();

    private Ohlc Mids() =>
        !Bid.IsKnown ? Ask
        : !Ask.IsKnown ? Bid
        : new Ohlc(
            Price.Mid(Bid.Open, Ask.Open),
            Price.Mid(Bid.High, Ask.High),
            Price.Mid(Bid.Low, Ask.Low),
            Price.Mid(Bid.Close, Ask.Close)
        );
}
