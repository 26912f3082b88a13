using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Feed;

/// <summary>Items of a source that cannot be used while the others can: each is counted, each kind of them is named once, in the log and in
/// /ready.</summary>
internal sealed class SkippedItems(string source, FeedState state, MarketDataMetrics metrics, ILogger logger)
{
    /// <summary>More names say nothing more; a source of nonsense must not fill the memory.</summary>
    private const int MostNames = 20;

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Skips an item.</summary>
    /// <param name="reason">Why, as metrics spell it.</param>
    /// <param name="text">What, and why: equal texts are named once.</param>
    /// <param name="items">How many.</param>
    public void Skip(string reason, string text, long items = 1)
    {
        Count(reason, items);
        if (Name(text))
        {
            state.Notice(text, text);
        }
    }

    /// <summary>Writes something down, once.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Name(string text)
    {
        lock (_named)
        {
            if (_named.Count == MostNames || !_named.Add(text))
            {
                return false;
            }
        }

        logger.ItemSkipped(source, text);
        return true;
    }

    /// <summary>Counts what an instrument's own numbers tell well enough.</summary>
    public void Count(string reason, long items = 1) => metrics.FeedSkipped(source, reason, items);
}

/// <summary>Why items are skipped, as metrics spell it.</summary>
internal static class SkipReasons
{
    public const string Segment = "segment";
    public const string PacketLength = "packet_length";
    public const string Symbol = "symbol";
    public const string InstrumentRow = "instrument_row";
    public const string Room = "room";
    public const string Missing = "missing";
    public const string Trade = "trade";
    public const string VolumeBack = "volume_back";
    public const string Refusal = "refusal";
}
