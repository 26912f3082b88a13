namespace AITrader.Messaging;

/// <summary>Reads the end of a stream without a consumer group.</summary>
public interface IStreamTail
{
    /// <summary>Returns the newest entry of all partitions, or null where the stream is empty.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamEntry<T>?> LastAsync<T>(CancellationToken ct)
        where T : class;

    /// <summary>Returns the newest entry of a stream by name, for message types with more than one stream, such as jobs.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<StreamEntry<T>?> LastAsync<T>(string stream, CancellationToken ct)
        where T : class;
}
