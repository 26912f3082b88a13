using AITrader.Domain.Ticks;

namespace AITrader.Storage.Ticks;

/// <summary>Which ticks: symbols, a half-open span of event time, and one recording.</summary>
/// <param name="Symbols">Instruments; none stands for all of them.</param>
/// <param name="From">First moment, included.</param>
/// <param name="Until">Last moment, not included.</param>
/// <param name="Run">Replay run that stored them; empty for what was recorded live; null where any will do, which has no order to page
/// by.</param>
public sealed record TickRange(IReadOnlyList<string> Symbols, DateTimeOffset From, DateTimeOffset Until, string? Run = "");

/// <summary>Place of a tick in the order in which a range is read: event time, sequence, source, symbol.</summary>
/// <param name="Timestamp">Event time.</param>
/// <param name="Seq">Sequence in its run or feed.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Symbol">Instrument.</param>
public readonly record struct TickPlace(DateTimeOffset Timestamp, long Seq, string Source, string Symbol)
{
    /// <summary>Place of a tick.</summary>
    public static TickPlace Of(Tick tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        return new TickPlace(tick.Timestamp, tick.Seq, tick.Source, tick.Symbol);
    }
}
