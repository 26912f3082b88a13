namespace AITrader.Domain.Ticks;

/// <summary>What is to be known about a tick beyond its numbers; several may hold.</summary>
[Flags]
#pragma warning disable CA1028, CA1711 // One byte, in the padding of PackedTick; several may hold, which the name says.
public enum TickFlags : byte
#pragma warning restore CA1028, CA1711
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Events of the source before it are missing for good, or are known as a sum only.</summary>
    AfterGap = 1,

    /// <summary>It was missed first and fetched afterwards: it happened before it was received.</summary>
    Filled = 2,

    /// <summary>The source's own time of it lies before that of an event which was passed on already.</summary>
    OutOfOrder = 4,

    /// <summary>The first after a silence longer than the instrument's limit: what was known before was stale.</summary>
    AfterSilence = 8,

    /// <summary>Bid and ask are equal.</summary>
    Locked = 16,

    /// <summary>The bid is above the ask.</summary>
    Crossed = 32,

    /// <summary>A price outside the instrument's band.</summary>
    OutsideBand = 64,

    /// <summary>A price that is no whole number of the instrument's ticks.</summary>
    OffTick = 128,
}
