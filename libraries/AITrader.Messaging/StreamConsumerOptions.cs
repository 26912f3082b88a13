namespace AITrader.Messaging;

/// <summary>Settings of a supervised consumer: batches and retries.</summary>
public sealed class StreamConsumerOptions
{
    /// <summary>Largest batch. Default 1000.</summary>
    public int MaxBatch { get; set; } = 1000;

    /// <summary>How long a batch may wait to fill up after its first entry. Default zero: what is there is handled at once.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long one read blocks. Default 5 s.</summary>
    public TimeSpan Block { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts at a single entry before it goes to the dead letters. Default 5.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>First pause after a failure; doubles up to <see cref="MaxBackoff"/>. Default 50 ms.</summary>
    public TimeSpan Backoff { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause. Default 1 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Name of the consumer within the group; null for the stable default.</summary>
    public string? Consumer { get; set; }

    /// <summary>Name of the stream; only for message types with more than one stream.</summary>
    public string? Stream { get; set; }

    /// <summary>Whether a failure is not the fault of the entry. Default: unreachable services, databases and timeouts.</summary>
    public Func<Exception, bool> IsTransient { get; set; } = TransientFailures.Includes;
}
