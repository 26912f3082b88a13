namespace AITrader.Messaging;

/// <summary>A Redis transaction (one MULTI/EXEC): all of its effects happen, or none. Not safe for more than one caller.</summary>
public interface IStreamTransaction
{
    /// <summary>Appends a message to the stream of its type.</summary>
    IStreamTransaction Publish<T>(T message)
        where T : class;

    /// <summary>Appends a message to a stream by name.</summary>
    IStreamTransaction PublishTo<T>(string stream, T message)
        where T : class;

    /// <summary>Acknowledges entries of a stream.</summary>
    IStreamTransaction Acknowledge(string stream, string group, IReadOnlyList<string> ids);

    /// <summary>Stores a state blob, which <see cref="IStreamState"/> reads. The memory must not change before the commit has
    /// ended.</summary>
    IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value);

    /// <summary>Stores a state blob unless a writer with a higher fence has stored one (see <see cref="IStreamState.FenceAsync"/>): a
    /// writer that was replaced changes nothing.</summary>
    IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value, long fence);

    /// <summary>Raises a watermark; a watermark never decreases.</summary>
    IStreamTransaction SetWatermark(string run, string stage, long seq);

    /// <summary>Commits the transaction.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm: all effects happened, or none. Read the state again (<see
    /// cref="IStreamState"/>) and rewind the reader to find out which.</exception>
    Task CommitAsync(CancellationToken ct);
}
