namespace AITrader.Messaging;

/// <summary>Describes and trims the streams of the bus.</summary>
public interface IStreamAdmin
{
    /// <summary>Describes all streams that exist, including dead-letter streams.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamInfo>> DescribeAsync(CancellationToken ct);

    /// <summary>Describes the existing partitions of one stream.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyList<StreamInfo>> FindAsync(string stream, CancellationToken ct);

    /// <summary>Removes old entries. An entry that some group has not received or not acknowledged is removed only where the stream is
    /// longer than <see cref="StreamTrimPolicy.Bound"/>, and never before <see cref="StreamTrimPolicy.RecordGroup"/> has acknowledged
    /// it.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamTrimming> TrimAsync(string stream, StreamTrimPolicy policy, CancellationToken ct);

    /// <summary>The memory that Redis uses, and its limit.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<BusMemory> MemoryAsync(CancellationToken ct);
}
