namespace AITrader.Domain.Brokers;

/// <summary>Finds orders by what we know of them.</summary>
public static class BrokerLookup
{
    /// <summary>What became of an order whose answer was lost: the broker's order with its tag, or null where the broker has none. Null is
    /// proof only after the broker had time to show what it took.</summary>
    /// <exception cref="BrokerUnavailableException">There is no answer.</exception>
    public static async Task<BrokerOrder?> FindAsync(this IBroker broker, Guid orderId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(broker);
        var tag = broker.TagOf(orderId);
        return (await broker.GetOrdersAsync(ct)).LastOrDefault(order => order.Tag == tag);
    }
}
