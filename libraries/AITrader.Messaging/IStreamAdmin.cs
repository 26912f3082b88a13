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
