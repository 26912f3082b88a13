namespace AITrader.Messaging;

/// <summary>Reads the state blobs that processing stages store together with their progress.</summary>
public interface IStreamState
{
    /// <summary>Returns the blob that was committed last, or null.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken ct);

    /// <summary>Raises the fence of a key: blobs that are written later with a lower fence are ignored. A value below the present fence
    /// changes nothing.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm the fence.</exception>
    Task FenceAsync(string key, long fence, CancellationToken ct);
}
