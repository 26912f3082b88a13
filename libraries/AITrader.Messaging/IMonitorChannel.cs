namespace AITrader.Messaging;

/// <summary>The pub/sub channel that sends events to every WebSocket hub instance. Events are not stored: a subscriber that is not
/// connected misses them.</summary>
public interface IMonitorChannel
{
    /// <summary>Publishes an event to all subscribers.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task PublishAsync(string json, CancellationToken ct);

    /// <summary>Subscribes until cancelled, also across reconnects. A subscriber that is too slow loses the oldest events.</summary>
    IAsyncEnumerable<string> SubscribeAsync(CancellationToken ct);
}
