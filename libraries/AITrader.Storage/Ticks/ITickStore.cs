using AITrader.Domain.Ticks;

namespace AITrader.Storage.Ticks;

/// <summary>Stores ticks in daily partitions, each tick once.</summary>
public interface ITickStore
{
    /// <summary>Stores a batch of one stream by binary COPY together with the position, skips what is stored already; returns the number of
    /// new rows.</summary>
    /// <remarks>Safe under redelivery with other batch boundaries and from several instances. Missing partitions are made.</remarks>
    Task<int> AppendAsync(IReadOnlyList<Tick> ticks, string stream, string lastId, CancellationToken ct);

    /// <summary>Makes the partitions of these days (UTC, both included) where they are missing; returns how many were made.</summary>
    Task<int> EnsurePartitionsAsync(DateOnly first, DateOnly last, CancellationToken ct);

    /// <summary>Drops partitions of days before <paramref name="day"/> that were not written to since <paramref name="unwrittenSince"/>;
    /// returns the days.</summary>
    Task<IReadOnlyList<DateOnly>> DropPartitionsAsync(DateOnly day, DateTimeOffset unwrittenSince, CancellationToken ct);

    /// <summary>Ticks of a symbol with since &lt;= time &lt; until, by time and sequence, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Tick>> QueryAsync(string symbol, DateTimeOffset since, DateTimeOffset until, int limit, CancellationToken ct);
}
