using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Domain.Normalization;

/// <summary>An event as a source tells it, before it is judged.</summary>
public readonly record struct SourceTick
{
    /// <summary>Symbol, kind, prices and sizes; its time and flags are not looked at.</summary>
    public required PackedTick Tick { get; init; }

    /// <summary>When it was received, microseconds since 1970 UTC.</summary>
    public required long ReceivedMicros { get; init; }

    /// <summary>When it happened by the source's clock, microseconds since 1970 UTC; 0 where the source does not say.</summary>
    public long SourceMicros { get; init; }

    /// <summary>The source's number of it within its instrument and kind, above 0; 0 where the source does not number.</summary>
    public long Sequence { get; init; }

    /// <summary>It was missed first and fetched afterwards.</summary>
    public bool IsFill { get; init; }

    /// <summary>What is missing before it cannot be had, or is in it as a sum: it passes, flagged.</summary>
    public bool IsGapFinal { get; init; }
}

/// <summary>How a source numbers its events of one kind.</summary>
public enum SequenceRule
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Newer ones have higher numbers; holes mean nothing.</summary>
    Increasing,

    /// <summary>By ones: a hole is a loss.</summary>
    Contiguous,
}

/// <summary>What is known of an instrument and its source.</summary>
public sealed record InstrumentRules
{
    /// <summary>How trades are numbered.</summary>
    public SequenceRule Trades { get; init; }

    /// <summary>How quotes are numbered.</summary>
    public SequenceRule Quotes { get; init; }

    /// <summary>Price step; 0 where unknown, and not looked at.</summary>
    public Price TickSize { get; init; }

    /// <summary>Lowest price of the day's band; 0 where there is none.</summary>
    public Price LowerBand { get; init; }

    /// <summary>Highest price of the day's band; 0 where there is none.</summary>
    public Price UpperBand { get; init; }

    /// <summary>Without an event for so many microseconds the instrument is stale; 0 for never.</summary>
    public long SilenceMicros { get; init; }

    /// <summary>Whether crossed quotes pass, flagged, instead of being dropped. Whoever fills orders at quotes must not be given
    /// them.</summary>
    public bool PassesCrossed { get; init; }
}
