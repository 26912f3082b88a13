namespace AITrader.Contracts;

/// <summary>Redis stream, cache and channel names. The only place that spells them.</summary>
public static class StreamNames
{
    /// <summary>Every normalised tick, in event order.</summary>
    public const string RawTicks = "audit:raw_ticks";

    /// <summary>Signals of all symbols, in event order.</summary>
    public const string Signals = "signals:global";

    /// <summary>New orders, and the events of their life.</summary>
    public const string Orders = "orders:gateway";

    /// <summary>Fills of all symbols.</summary>
    public const string Fills = "fills:global";

    /// <summary>Decisions, taken or declined.</summary>
    public const string Decisions = "decisions:global";

    /// <summary>Sentiment readings.</summary>
    public const string Sentiment = "sentiment:global";

    /// <summary>Pub/sub channel that every WebSocket hub instance listens to.</summary>
    public const string Monitor = "events:monitor";

    /// <summary>Signals of one symbol.</summary>
    public static string SymbolSignals(string symbol) => $"signals:{symbol}";

    /// <summary>Jobs of one type.</summary>
    public static string Jobs(string type) => $"jobs:{type}";

    /// <summary>Entries that could not be handled, with the error and the number of deliveries.</summary>
    public static string Dead(string stream) => $"dead:{stream}";
}
