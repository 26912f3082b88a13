using AITrader.Domain.Ticks;

namespace AITrader.Storage.Ticks;

/// <summary>Reads stored ticks by symbol and time, in bounded memory however long the range is.</summary>
public interface ITickHistory
{
    /// <summary>Which recording to read where the user does not say: what was recorded live, where the range has any; else the newest
    /// replay run with ticks in it; null where there are none at all.</summary>
    Task<string?> FindRunAsync(TickRange range, CancellationToken ct);

    /// <summary>The next ticks of a range in order, at most <paramref name="limit"/>; fewer only at its end.</summary>
    /// <param name="range">Which ticks.</param>
    /// <param name="after">Place of the last tick that is known; null for the beginning.</param>
    /// <param name="limit">How many.</param>
    /// <param name="ct">Ends the reading.</param>
    Task<IReadOnlyList<Tick>> PageAsync(TickRange range, TickPlace? after, int limit, CancellationToken ct);

    /// <summary>All ticks of a range in order, a page at a time; no connection is held between pages, so that the reader may be
    /// slow.</summary>
    /// <param name="range">Which ticks.</param>
    /// <param name="after">Place of the last tick that is known; null for the beginning.</param>
    /// <param name="ct">Ends the reading.</param>
    IAsyncEnumerable<Tick> ReadAsync(TickRange range, TickPlace? after, CancellationToken ct);

    /// <summary>How far the live recording of a source goes: the newest tick of each symbol that has one since a moment.</summary>
    /// <param name="source">Where the ticks came from.</param>
    /// <param name="symbols">Instruments.</param>
    /// <param name="needsTrade">Whether only trades with a number of their source count.</param>
    /// <param name="since">Older ones are not looked for.</param>
    /// <param name="ct">Ends the reading.</param>
    Task<IReadOnlyDictionary<string, TickNewest>> NewestAsync(
        string source,
        IReadOnlyCollection<string> symbols,
        bool needsTrade,
        DateTimeOffset since,
        CancellationToken ct
    );

    /// <summary>What seems to be missing, wrong or doubled in a range, day by day; days without ticks of it and without a session that
    /// should have some are left out.</summary>
    /// <remarks>Of a run what lies between its first and its last tick counts, of a live recording what lies before now.</remarks>
    /// <param name="range">Which ticks; its run must be known.</param>
    /// <param name="threshold">Pauses longer than this count.</param>
    /// <param name="sessions">When markets are open: only then can a tick be missing.</param>
    /// <param name="ct">Ends the reading.</param>
    Task<IReadOnlyList<TickDay>> GapsAsync(TickRange range, TimeSpan threshold, ITickSessions sessions, CancellationToken ct);
}
