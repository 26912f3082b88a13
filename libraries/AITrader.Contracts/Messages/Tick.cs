namespace AITrader.Contracts.Messages;

/// <summary>What a tick reports.</summary>
public enum TickKind
{
    /// <summary>A trade: price and volume are of that trade.</summary>
    Trade,

    /// <summary>A change of the best bid or ask: price is the mid, volume is zero.</summary>
    Quote,
}

/// <summary>What is to be known about a tick beyond its numbers; several may hold. Bits and meaning are those of the normaliser,
/// docs/feeds.md.</summary>
[Flags]
#pragma warning disable CA1028, CA1711 // The normaliser's byte, bit for bit; several may hold, which the name says.
public enum TickFlags : byte
#pragma warning restore CA1028, CA1711
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Events of the source before it are missing for good, or are known as a sum only.</summary>
    AfterGap = 1,

    /// <summary>It was missed first and fetched afterwards.</summary>
    Filled = 2,

    /// <summary>The source's own time of it lies before that of an event which was passed on already.</summary>
    OutOfOrder = 4,

    /// <summary>The first after a silence longer than the instrument's limit.</summary>
    AfterSilence = 8,

    /// <summary>Bid and ask are equal.</summary>
    Locked = 16,

    /// <summary>The bid was above the ask.</summary>
    Crossed = 32,

    /// <summary>A price outside the instrument's band.</summary>
    OutsideBand = 64,

    /// <summary>A price that is no whole number of the instrument's ticks.</summary>
    OffTick = 128,
}

/// <summary>One normalised tick on <see cref="StreamNames.RawTicks"/>.</summary>
public sealed record Tick
{
    /// <summary>Instrument, such as BTCUSDT or NSE:INFY.</summary>
    public required string Symbol { get; init; }

    /// <summary>Trade price, or the mid of a quote, in quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Traded quantity of this tick, zero for a quote.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Event time (UTC, whole microseconds): what the market would decide by.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Trade or quote.</summary>
    public required TickKind Kind { get; init; }

    /// <summary>Best bid, where known.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Quantity at the best bid, where known.</summary>
    public decimal? BidSize { get; init; }

    /// <summary>Best ask, where known.</summary>
    public decimal? Ask { get; init; }

    /// <summary>Quantity at the best ask, where known.</summary>
    public decimal? AskSize { get; init; }

    /// <summary>Where it came from, such as kite or binance-capture.</summary>
    public required string Source { get; init; }

    /// <summary>Position in its run (replay: 1, 2, 3 … over all symbols) or in the live feed; strictly increasing, without gaps in a
    /// replay.</summary>
    public required long Seq { get; init; }

    /// <summary>Replay run that it belongs to; empty when live. Stages run in lock-step where it is not empty.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent, or empty where the tick was not sampled.</summary>
    public string Trace { get; init; } = string.Empty;

    /// <summary>What was odd about it when it was live; nothing in a capture that was not recorded here.</summary>
    public TickFlags Flags { get; init; }

    /// <summary>When it was received (UTC, whole microseconds), where that is known and not <see cref="Timestamp"/>.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Number of a trade at its source, where that is live and numbers its trades.</summary>
    public long? TradeId { get; init; }

    /// <summary>Name of this tick, the root of every derived id.</summary>
    public string TickId => Run.Length > 0 ? $"{Run}:{Seq}" : $"{Source}:{Seq}";
}
