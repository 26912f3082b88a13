namespace AITrader.Contracts.Messages;

/// <summary>What a tick reports.</summary>
public enum TickKind
{
    /// <summary>A trade: price and volume are of that trade.</summary>
    Trade,

    /// <summary>A change of the best bid or ask: price is the mid, volume is zero.</summary>
    Quote,
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

    /// <summary>Position in its run (replay: 1, 2, 3 … over all symbols) or in the live feed; strictly increasing, without gaps in a replay.</summary>
    public required long Seq { get; init; }

    /// <summary>Replay run that it belongs to; empty when live. Stages run in lock-step where it is not empty.</summary>
    public string Run { get; init; } = string.Empty;

    /// <summary>W3C traceparent, or empty where the tick was not sampled.</summary>
    public string Trace { get; init; } = string.Empty;

    /// <summary>Name of this tick, the root of every derived id.</summary>
    public string TickId => Run.Length > 0 ? $"{Run}:{Seq}" : $"{Source}:{Seq}";
}
