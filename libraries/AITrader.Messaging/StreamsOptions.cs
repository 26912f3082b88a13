namespace AITrader.Messaging;

/// <summary>Settings of the message bus in this process.</summary>
public sealed class StreamsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>Number of streams over which ticks and signals are distributed by symbol. Default 1: one stream with the plain
    /// name.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>Redis cluster hash tag put before every key, so that one transaction can span them. Default empty: none.</summary>
    public string HashTag { get; set; } = string.Empty;

    /// <summary>Partitions that this process reads. Default empty: all.</summary>
    public IList<int> OwnedPartitions { get; } = [];

    /// <summary>Deliveries without an acknowledgement after which an entry goes to the dead letters. Default 5.</summary>
    public int MaxDeliveries { get; set; } = 5;

    /// <summary>How long an entry must have been pending before another consumer takes it over; longer than the slowest handler needs.
    /// Default 60 s.</summary>
    public TimeSpan MinIdle { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a reader checks for pending entries of dead consumers. Default 10 s.</summary>
    public TimeSpan TakeoverInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum number of messages in one MULTI/EXEC when many are published. Default 512.</summary>
    public int PublishChunk { get; set; } = 512;

    /// <summary>Publishing ticks waits while this many of them are not stored in PostgreSQL yet, because Redis must hold these. Other
    /// consumers that are behind do not delay publishing. Default 1 000 000; 0 for no bound.</summary>
    public long MaxUnstored { get; set; } = 1_000_000;

    /// <summary>Name of this process among the consumers. Default: resource name, machine and a number that a restarted process takes
    /// again.</summary>
    public string? Instance { get; set; }

    /// <summary>How often lag and pending age are sampled for the metrics. Default 15 s.</summary>
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(15);
}
