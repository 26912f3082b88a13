namespace AITrader.Storage.Ticks;

/// <summary>A day of one recording: what is there, and what seems not to be.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Ticks">Ticks of the symbols that were asked for.</param>
/// <param name="SequenceGaps">Holes in the numbering of the run over all symbols; null for live recordings, whose numbers are
/// times.</param>
/// <param name="MissingTicks">Numbers in those holes.</param>
/// <param name="Sequence">The widest holes.</param>
/// <param name="Symbols">Symbol by symbol.</param>
public sealed record TickDay(
    DateOnly Day,
    long Ticks,
    long? SequenceGaps,
    long? MissingTicks,
    IReadOnlyList<TickSequenceGap> Sequence,
    IReadOnlyList<TickSymbolDay> Symbols
);

/// <summary>A hole in the numbering of a run.</summary>
/// <param name="After">Last number before it.</param>
/// <param name="Next">First number after it.</param>
/// <param name="From">Event time of the tick before.</param>
/// <param name="To">Event time of the tick after.</param>
public sealed record TickSequenceGap(long After, long Next, DateTimeOffset From, DateTimeOffset To);

/// <summary>A symbol on a day.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Ticks">Its ticks.</param>
/// <param name="First">Event time of the first; null where there is none.</param>
/// <param name="Last">Event time of the last; null where there is none.</param>
/// <param name="Duplicates">Ticks that equal another one in all but their number.</param>
/// <param name="OutOfOrder">Ticks whose event time is before that of the tick numbered before them.</param>
/// <param name="OutOfSession">Ticks while its market was closed.</param>
/// <param name="TimeGaps">Pauses longer than the threshold within sessions, their beginnings and ends included.</param>
/// <param name="LongestGaps">The longest of them.</param>
/// <param name="MissingSessions">Sessions without any tick; they are no pauses.</param>
public sealed record TickSymbolDay(
    string Symbol,
    long Ticks,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    long Duplicates,
    long OutOfOrder,
    long OutOfSession,
    long TimeGaps,
    IReadOnlyList<TickTimeGap> LongestGaps,
    IReadOnlyList<TickTimeGap> MissingSessions
);

/// <summary>A stretch without a tick.</summary>
/// <param name="From">Event time of the tick before, or the session's beginning.</param>
/// <param name="To">Event time of the tick after, or the session's end.</param>
public sealed record TickTimeGap(DateTimeOffset From, DateTimeOffset To);
