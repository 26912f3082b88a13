namespace AITrader.Messaging;

/// <summary>State blobs that stages keep with their progress.</summary>
public interface IStreamState
{
    /// <summary>The blob as last committed, or null.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<ReadOnlyMemory<byte>?> GetAsync(string key, CancellationToken ct);

    /// <summary>From now on blobs of this key with a lower fence are ignored; a lower value than the present one changes nothing.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task FenceAsync(string key, long fence, CancellationToken ct);
}
