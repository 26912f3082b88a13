namespace AITrader.Messaging;

/// <summary>Tells how often services had to be started again.</summary>
public interface IRestarts
{
    /// <summary>What is known, by service.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyDictionary<string, ServiceRestarts>> ReadAsync(IReadOnlyList<string> services, CancellationToken ct);
}
