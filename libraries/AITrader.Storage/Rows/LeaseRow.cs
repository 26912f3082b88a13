namespace AITrader.Storage.Rows;

/// <summary>Who may do, until when, what only one process may do at a time.</summary>
public sealed class LeaseRow
{
    /// <summary>What may be done.</summary>
    public required string Name { get; set; }

    /// <summary>Who may do it.</summary>
    public required string Holder { get; set; }

    /// <summary>One more with each holder: what was begun under an older one is refused.</summary>
    public long Token { get; set; }

    /// <summary>Wall clock of the database at which the holder got it.</summary>
    public required DateTimeOffset AcquiredAt { get; set; }

    /// <summary>Until when, by the wall clock of the database, unless the holder renews it.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Who waits for it; null where none ever did.</summary>
    public string? Standby { get; set; }

    /// <summary>When that one last asked for it.</summary>
    public DateTimeOffset? StandbyAt { get; set; }
}
