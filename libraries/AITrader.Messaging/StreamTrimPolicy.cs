namespace AITrader.Messaging;

/// <summary>Which entries may be removed from a stream. All bounds are approximate: Redis removes whole blocks of entries.</summary>
public sealed record StreamTrimPolicy
{
    /// <summary>Number of entries to keep; null for no bound.</summary>
    public long? MaxLength { get; init; }

    /// <summary>Maximum age of the entries to keep; null for no bound.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Maximum number of entries, including those that some group has not acknowledged: a dead consumer must not fill Redis. Null
    /// for no bound.</summary>
    public long? Bound { get; init; }

    /// <summary>The group that stores the entries in PostgreSQL. Entries that this group has not acknowledged are kept above <see
    /// cref="Bound"/> too. Null where the stream is not recorded.</summary>
    public string? RecordGroup { get; init; }

    /// <summary>Groups that must exist. While one of them is missing, nothing is removed below <see cref="Bound"/>, because this group has
    /// not received anything yet.</summary>
    public IReadOnlyList<string> RequiredGroups { get; init; } = [];
}
