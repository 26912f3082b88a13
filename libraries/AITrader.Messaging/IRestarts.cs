namespace AITrader.Messaging;

/// <summary>Tells how often services had to be started again.</summary>
public interface IRestarts
{
    /// <summary>What is known, by service.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<IReadOnlyDictionary<string, ServiceRestarts>> ReadAsync(IReadOnlyList<string> services, CancellationToken ct);
}

/// <summary>What became of a service.</summary>
/// <param name="Count">How often it was started again after it had ended by itself.</param>
/// <param name="LeftDown">Why nobody starts it any more; empty where somebody does.</param>
public sealed record ServiceRestarts(int Count, string LeftDown);
