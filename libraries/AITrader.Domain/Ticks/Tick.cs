using AITrader.Domain.Prices;

namespace AITrader.Domain.Ticks;

/// <summary>One normalised tick; on the bus it is an entry of <c>audit:raw_ticks</c>.</summary>
public sealed record Tick
{
    /// <summary>Instrument, such as BTCUSDT or NSE:INFY.</summary>
    public required string Symbol { get; init; }

    /// <summary>Trade price, or the mid of a quote, in quote currency.</summary>
    public required Price Price { get; init; }

    /// <summary>Traded quantity of this tick, zero for a quote.</summary>
    public required Quantity Volume { get; init; }

    /// <summary>Event time (UTC, whole microseconds): what the market would decide by.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Trade or quote.</summary>
    public required TickKind Kind { get; init; }

    /// <summary>Best bid, where known.</summary>
    public Price? Bid { get; init; }

    /// <summary>Quantity at the best bid, where known.</summary>
    public Quantity? BidSize { get; init; }

    /// <summary>Best ask, where known.</summary>
    public Price? Ask { get; init; }

    /// <summary>Quantity at the best ask, where known.</summary>
    public Quantity? AskSize { get; init; }

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

    /// <summary>Whether it reports a trade.</summary>
    public bool IsTrade => Kind == TickKind.Trade;

    /// <summary>Name of this tick, the root of every derived id.</summary>
    public string TickId => Run.Length > 0 ? $"{Run}:{Seq}" : $"{Source}:{Seq}";
}
