using System.Threading.Channels;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>Tells listeners of every change of an order. Safe from any thread.</summary>
internal sealed class OrderFeed
{
    private const int MaxWaiting = 10_000;

    private readonly Lock _gate = new();
    private readonly List<Channel<BrokerOrder>> _listeners = [];

    /// <summary>Listens from now on. A listener that does not read loses the newest changes, as with a postback that is missed.</summary>
    public Channel<BrokerOrder> Listen()
    {
        var channel = Channel.CreateBounded<BrokerOrder>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
        );
        lock (_gate)
        {
            _listeners.Add(channel);
        }

        return channel;
    }

    public void Leave(Channel<BrokerOrder> channel)
    {
        lock (_gate)
        {
            _listeners.Remove(channel);
        }
    }

    public void Tell(BrokerOrder order)
    {
        lock (_gate)
        {
            _listeners.ForEach(listener => listener.Writer.TryWrite(order));
        }
    }
}
