using System.Collections.Concurrent;
using AITrader.Domain.Normalization;
using AITrader.Domain.Ticks;

namespace AITrader.MarketData.Live;

/// <summary>What came of one instrument. Written by the feed, read by the endpoint.</summary>
internal sealed class InstrumentTally(string symbol)
{
    public string Symbol => symbol;

    /// <summary>Ticks published.</summary>
    public long Passed { get; set; }

    /// <summary>Gaps found.</summary>
    public long Gaps { get; set; }

    /// <summary>Numbered events that never came.</summary>
    public long Missing { get; set; }

    /// <summary>Ticks whose event time was lifted.</summary>
    public long Lifted { get; set; }

    /// <summary>Times of the source that were refused.</summary>
    public long Implausible { get; set; }

    /// <summary>How often its numbers began again.</summary>
    public long Restarts { get; set; }

    public ConcurrentDictionary<TickVerdict, long> Dropped { get; } = new();

    public ConcurrentDictionary<TickFlags, long> Flagged { get; } = new();
}
