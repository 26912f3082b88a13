using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;

namespace AITrader.Domain.Ticks;

/// <summary>One normalised tick of the hot path: 64 bytes, no references, copied by value.</summary>
/// <remarks>A bid, ask or quantity of 0 is not known.</remarks>
public readonly record struct PackedTick
{
    /// <summary>Event time, microseconds since 1970 UTC.</summary>
    public required long TimeMicros { get; init; }

    /// <summary>Trade price, or the mid of a quote.</summary>
    public required Price Price { get; init; }

    /// <summary>Traded quantity; zero for a quote, and for a trade whose size is not known.</summary>
    public Quantity Size { get; init; }

    /// <summary>Best bid.</summary>
    public Price Bid { get; init; }

    /// <summary>Quantity at the best bid.</summary>
    public Quantity BidSize { get; init; }

    /// <summary>Best ask.</summary>
    public Price Ask { get; init; }

    /// <summary>Quantity at the best ask.</summary>
    public Quantity AskSize { get; init; }

    /// <summary>Index in the <see cref="SymbolTable"/> that made it.</summary>
    public required int Symbol { get; init; }

    /// <summary>Trade or quote.</summary>
    public required TickKind Kind { get; init; }

    /// <summary>What was odd about it, in the padding: nothing where no <see cref="Normalizer"/> looked at it.</summary>
    public TickFlags Flags { get; init; }
}
