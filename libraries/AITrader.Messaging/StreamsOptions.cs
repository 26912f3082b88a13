using System.ComponentModel.DataAnnotations;

namespace AITrader.Messaging;

/// <summary>How this process uses the bus.</summary>
public sealed class StreamsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>Number of streams that ticks and signals are spread over by symbol. Default 1: the plain names.</summary>
    [Range(1, 1024)]
    public int Partitions { get; set; } = 1;

    /// <summary>Redis cluster hash tag put before every key, so that one transaction can span them. Default empty: none.</summary>
    public string HashTag { get; set; } = string.Empty;

    /// <summary>Partitions that this process reads. Default empty: all.</summary>
    public IList<int> OwnedPartitions { get; } = [];

    /// <summary>Deliveries without an acknowledgement after which an entry goes to the dead letters. Default 5.</summary>
    [Range(1, 1000)]
    public int MaxDeliveries { get; set; } = 5;

    /// <summary>How long an entry must have been pending before another consumer takes it over; above the slowest handler. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MinIdle { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a reader looks for entries of dead consumers. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan TakeoverInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of one MULTI/EXEC when many are published. Default 512.</summary>
    [Range(1, 10_000)]
    public int PublishChunk { get; set; } = 512;

    /// <summary>Publishing waits while the slowest group of the stream is further behind than this. Default 0: it never waits.</summary>
    [Range(0, long.MaxValue)]
    public long MaxLag { get; set; }

    /// <summary>Name of this process among the consumers. Default: resource name, machine and an ordinal that a restart takes up again.</summary>
    public string? Instance { get; set; }

    /// <summary>How often lag and pending age are sampled for the metrics. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MetricsInterval { get; set; } = TimeSpan.FromSeconds(15);
}
