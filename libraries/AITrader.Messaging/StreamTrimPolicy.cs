namespace AITrader.Messaging;

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
