namespace AITrader.Storage.Ticks;

/// <summary>A stretch of time.</summary>
/// <param name="From">First moment.</param>
/// <param name="Until">First moment that is no longer in it.</param>
public readonly record struct TickSpan(DateTimeOffset From, DateTimeOffset Until);

/// <summary>When the market of an instrument trades.</summary>
public interface ITickSessions
{
    /// <summary>The sessions of an instrument within a stretch of time and cut to it, in order; none overlaps another.</summary>
    /// <param name="symbol">Instrument.</param>
    /// <param name="source">Where its ticks come from; empty where there are none.</param>
    /// <param name="span">The stretch.</param>
    IEnumerable<TickSpan> Within(string symbol, string source, TickSpan span);
}

/// <summary>A market that never closes: each day (UTC) is a session.</summary>
public sealed class DailySessions : ITickSessions
{
    /// <inheritdoc/>
    public IEnumerable<TickSpan> Within(string symbol, string source, TickSpan span) => CutAtMidnight(span);

    /// <summary>The stretch day by day.</summary>
    internal static IEnumerable<TickSpan> CutAtMidnight(TickSpan span)
    {
        for (var from = span.From; from < span.Until; )
        {
            var midnight = new DateTimeOffset(from.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            var until = midnight < span.Until ? midnight : span.Until;
            yield return new TickSpan(from, until);
            from = until;
        }
    }
}
