namespace AITrader.Messaging;

/// <summary>Shows and trims streams.</summary>
public interface IStreamAdmin
{
    /// <summary>All streams of the architecture that exist, dead-letter streams among them.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamInfo>> DescribeAsync(CancellationToken ct);

    /// <summary>A stream by name, each of its partitions that exists.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamInfo>> FindAsync(string stream, CancellationToken ct);

    /// <summary>
    /// Removes old entries. Never one that a group has not been delivered or has not acknowledged, unless the stream is longer than
    /// <see cref="StreamTrimPolicy.Bound"/>;
    /// and never one that <see cref="StreamTrimPolicy.RecordGroup"/> has not acknowledged.
    /// </summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamTrimming> TrimAsync(string stream, StreamTrimPolicy policy, CancellationToken ct);

    /// <summary>What Redis uses of its memory.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<BusMemory> MemoryAsync(CancellationToken ct);
}

/// <summary>What was removed.</summary>
/// <param name="Removed">Entries.</param>
/// <param name="Owed">Those of them that some group had not acknowledged, and will never see.</param>
public readonly record struct StreamTrimming(long Removed, long Owed);

/// <summary>Memory of Redis.</summary>
/// <param name="Used">Bytes in use.</param>
/// <param name="Limit">Bytes from which on it refuses to write; 0 where there is no limit.</param>
/// <param name="Policy">What it does at the limit.</param>
public sealed record BusMemory(long Used, long Limit, string Policy)
{
    /// <summary>The policy with which it refuses writes; every other one throws keys away.</summary>
    public const string Refuses = "noeviction";

    /// <summary>Share of the limit that is used; 0 where there is none.</summary>
    public double Share => Limit > 0 ? (double)Used / Limit : 0;
}

/// <summary>A stream and its groups.</summary>
/// <param name="Name">Stream.</param>
/// <param name="Length">Entries.</param>
/// <param name="Groups">Its groups.</param>
public sealed record StreamInfo(string Name, long Length, IReadOnlyList<StreamGroupInfo> Groups);

/// <summary>A group on a stream.</summary>
/// <param name="Name">Group.</param>
/// <param name="Pending">Entries delivered but not acknowledged.</param>
/// <param name="Lag">Entries not delivered yet, of those that are there.</param>
/// <param name="OldestPendingAge">Age of the oldest unacknowledged entry; null where none is pending.</param>
public sealed record StreamGroupInfo(string Name, long Pending, long Lag, TimeSpan? OldestPendingAge);

/// <summary>What may be removed from a stream. All bounds are approximate: Redis removes whole blocks of entries.</summary>
public sealed record StreamTrimPolicy
{
    /// <summary>Entries to keep; null for no bound.</summary>
    public long? MaxLength { get; init; }

    /// <summary>Age up to which entries are kept; null for no bound.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Entries to keep at most, whatever groups still owe: a consumer that is dead must not fill Redis. Null for no
    /// bound.</summary>
    public long? Bound { get; init; }

    /// <summary>Group whose acknowledgement says that an entry is stored in PostgreSQL: what it owes stays above the bound too. Null where
    /// the stream is no record.</summary>
    public string? RecordGroup { get; init; }

    /// <summary>Groups that must exist: while one is missing nothing is removed below the bound, as it has not been delivered
    /// anything.</summary>
    public IReadOnlyList<string> RequiredGroups { get; init; } = [];
}
