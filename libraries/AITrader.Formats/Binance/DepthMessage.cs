using System.Runtime.InteropServices;
using AITrader.Domain.Quotes;
using AITrader.OrderBooks;

namespace AITrader.Formats.Binance;

/// <summary>What a depth message holds.</summary>
public enum DepthKind
{
    /// <summary>Changed levels; quantity 0 removes a level.</summary>
    Diff,

    /// <summary>Every level down to the venue's limit, best first.</summary>
    Snapshot,
}

/// <summary>One depth message, filled anew by each read of its reader: what is to be kept must be copied.</summary>
public sealed class DepthMessage
{
    internal DepthMessage() { }

    /// <summary>Diff or snapshot.</summary>
    public DepthKind Kind { get; internal set; }

    /// <summary>Receive time, microseconds since 1970 UTC.</summary>
    public long TimeMicros { get; internal set; }

    /// <summary>Index in the reader's symbol table; -1 for a snapshot that does not name its symbol, as those of USDT-M and spot do
    /// not.</summary>
    public int Symbol { get; internal set; }

    /// <summary>Update ids covered; of a snapshot, first and last are its lastUpdateId.</summary>
    public UpdateIds Ids { get; internal set; }

    /// <summary>Levels of buyers.</summary>
    public ReadOnlySpan<BookLevel> Bids => CollectionsMarshal.AsSpan(BidLevels);

    /// <summary>Levels of sellers.</summary>
    public ReadOnlySpan<BookLevel> Asks => CollectionsMarshal.AsSpan(AskLevels);

    internal List<BookLevel> BidLevels { get; } = [];

    internal List<BookLevel> AskLevels { get; } = [];
}
