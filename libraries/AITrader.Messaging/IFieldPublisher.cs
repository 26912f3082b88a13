namespace AITrader.Messaging;

/// <summary>Appends entries whose fields are known already, such as those of an outbox row. Safe from any thread.</summary>
public interface IFieldPublisher
{
    /// <summary>Appends one entry to a stream and returns its id.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it; it may be stored all the same.</exception>
    Task<string> PublishAsync(string stream, IReadOnlyList<KeyValuePair<string, string>> fields, CancellationToken ct);
}
