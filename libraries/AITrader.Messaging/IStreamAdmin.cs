namespace AITrader.Messaging;

/// <summary>Shows and trims streams.</summary>
public interface IStreamAdmin
{
    /// <summary>All streams of the architecture that exist, dead-letter streams among them.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamInfo>> DescribeAsync(CancellationToken ct);

    /// <summary>Removes old entries and returns how many; never one that a group has not been delivered or has not acknowledged.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<long> TrimAsync(string stream, StreamTrimPolicy policy, CancellationToken ct);
}

/// <summary>A stream and its groups.</summary>
/// <param name="Name">Stream.</param>
/// <param name="Length">Entries.</param>
/// <param name="Groups">Its groups.</param>
public sealed record StreamInfo(string Name, long Length, IReadOnlyList<StreamGroupInfo> Groups);

/// <summary>A group on a stream.</summary>
/// <param name="Name">Group.</param>
/// <param name="Pending">Entries delivered but not acknowledged.</param>
/// <param name="Lag">Entries not delivered yet; null where Redis cannot tell.</param>
/// <param name="OldestPendingAge">Age of the oldest unacknowledged entry; null where none is pending.</param>
public sealed record StreamGroupInfo(string Name, long Pending, long? Lag, TimeSpan? OldestPendingAge);

/// <summary>What may be removed from a stream. Both bounds are approximate: Redis removes whole blocks of entries.</summary>
public sealed record StreamTrimPolicy
{
    /// <summary>Entries to keep; null for no bound.</summary>
    public long? MaxLength { get; init; }

    /// <summary>Age up to which entries are kept; null for no bound.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Groups that must exist: while one is missing nothing is removed, as it has not been delivered anything.</summary>
    public IReadOnlyList<string> RequiredGroups { get; init; } = [];
}
