namespace AITrader.Messaging;

/// <summary>Pub/sub that fans events out to every WebSocket hub instance. Nothing is kept: who does not listen misses it.</summary>
public interface IMonitorChannel
{
    /// <summary>Tells everyone who listens.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task PublishAsync(string json, CancellationToken ct);

    /// <summary>Listens until cancelled; also across reconnects. A listener that is too slow loses the oldest events.</summary>
    IAsyncEnumerable<string> SubscribeAsync(CancellationToken ct);
}
