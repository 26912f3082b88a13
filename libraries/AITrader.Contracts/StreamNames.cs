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

    private const string ReplaySuffix = ":replay";

    /// <summary>The stream of a message of a run: live ones are on the stream itself, those of replays beside it, so that nobody who
    /// follows the market sees a replay, and no replay holds up the market.</summary>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="run">Run of the message; empty when live.</param>
    public static string Of(string stream, string run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Length == 0 ? stream : OfReplays(stream);
    }

    /// <summary>The stream of replays that belongs to a stream.</summary>
    public static string OfReplays(string stream) => $"{stream}{ReplaySuffix}";

    /// <summary>The stream that a stream of replays belongs to; any other stream as it is.</summary>
    public static string LiveOf(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.EndsWith(ReplaySuffix, StringComparison.Ordinal) ? stream[..^ReplaySuffix.Length] : stream;
    }

    /// <summary>Signals of one symbol.</summary>
    public static string SymbolSignals(string symbol) => $"signals:{symbol}";

    /// <summary>Jobs of one type.</summary>
    public static string Jobs(string type) => $"jobs:{type}";

    /// <summary>Entries that could not be handled, with the error and the number of deliveries.</summary>
    public static string Dead(string stream) => $"dead:{stream}";
}
