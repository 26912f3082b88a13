using System.Net.WebSockets;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Ticker;

/// <summary>All connections of the ticker, and Kite's limit of three a key.</summary>
internal sealed class TickerConnections(MarketBoard board, FaultControl faults, OrderFeed feed, TimeProvider clock)
{
    private const int MaxConnections = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _connections = new(StringComparer.Ordinal);

    public bool TryOpen(string key)
    {
        lock (_gate)
        {
            var count = _connections.GetValueOrDefault(key);
            if (count < MaxConnections)
            {
                _connections[key] = count + 1;
            }

            return count < MaxConnections;
        }
    }

    public void Close(string key)
    {
        lock (_gate)
        {
            _connections[key]--;
        }
    }

    public async Task ServeAsync(WebSocket socket, CancellationToken ct)
    {
        var orders = feed.Listen();
        try
        {
            using var connection = new TickerConnection(socket, board, faults, orders.Reader, clock);
            await connection.RunAsync(ct);
        }
        finally
        {
            feed.Leave(orders);
        }
    }
}
