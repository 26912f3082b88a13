namespace AITrader.Messaging;

/// <summary>Appends entries from fields that are already encoded, such as those of an outbox row. Safe from any thread.</summary>
public interface IFieldPublisher
{
    /// <summary>Appends one entry to a stream and returns its id.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm the entry; it may have been stored all the same.</exception>
    Task<string> PublishAsync(string stream, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken ct);
}
