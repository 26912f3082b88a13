namespace AITrader.Messaging;

/// <summary>Effects on Redis that happen together or not at all: one MULTI/EXEC. Not for use by more than one caller.</summary>
public interface IStreamTransaction
{
    /// <summary>Appends a message to the stream of its type.</summary>
    IStreamTransaction Publish<T>(T message)
        where T : class;

    /// <summary>Appends a message to a stream by name.</summary>
    IStreamTransaction PublishTo<T>(string stream, T message)
        where T : class;

    /// <summary>Acknowledges entries of the stream of <typeparamref name="T"/>.</summary>
    IStreamTransaction Acknowledge<T>(string group, IReadOnlyList<string> ids)
        where T : class;

    /// <summary>Keeps a state blob, read back by <see cref="IStreamState"/>. The memory must not change before the commit is
    /// over.</summary>
    IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value);

    /// <summary>Keeps a state blob unless somebody with a higher fence has kept one, see <see cref="IStreamState.FenceAsync"/>: a writer
    /// that was replaced changes nothing.</summary>
    IStreamTransaction SetState(string key, ReadOnlyMemory<byte> value, long fence);

    /// <summary>Advances a watermark; it never goes back.</summary>
    IStreamTransaction SetWatermark(string run, string stage, long seq);

    /// <summary>Carries all of it out.</summary>
    /// <exception cref="BusUnavailableException">
    /// Redis did not confirm: all of it or nothing happened. Read the state again (<see cref="IStreamState"/>) and rewind the reader to
    /// find out which.
    /// </exception>
    Task CommitAsync(CancellationToken ct);
}
