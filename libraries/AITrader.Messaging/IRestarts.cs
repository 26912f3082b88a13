namespace AITrader.Messaging;

/// <summary>Reports how often services were started again.</summary>
public interface IRestarts
{
    /// <summary>Reads the restarts of each service.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyDictionary<string, ServiceRestarts>> ReadAsync(IReadOnlyList<string> services, CancellationToken ct);
}
