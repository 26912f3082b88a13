namespace AITrader.Messaging;

/// <summary>Looks at the end of a stream, outside of any group.</summary>
public interface IStreamTail
{
    /// <summary>The newest entry, or null where the stream is empty; with more than one partition, the newest of all.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamEntry<T>?> LastAsync<T>(CancellationToken ct)
        where T : class;

    /// <summary>The newest entry of a stream by name, for types with more than one, such as jobs.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamEntry<T>?> LastAsync<T>(string stream, CancellationToken ct)
        where T : class;
}
