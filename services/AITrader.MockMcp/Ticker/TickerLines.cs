using System.Net.WebSockets;
using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Ticker;

/// <summary>All lines of the ticker, and Kite's limit of three a key.</summary>
internal sealed class TickerLines(MarketBoard board, FaultDesk faults, TimeProvider clock)
{
    private const int MostLines = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public bool TryEnter(string key)
    {
        lock (_gate)
        {
            var count = _lines.GetValueOrDefault(key);
            if (count < MostLines)
            {
                _lines[key] = count + 1;
            }

            return count < MostLines;
        }
    }

    public void Leave(string key)
    {
        lock (_gate)
        {
            _lines[key]--;
        }
    }

    public async Task ServeAsync(WebSocket socket, CancellationToken ct)
    {
        using var line = new TickerLine(socket, board, faults, clock);
        await line.RunAsync(ct);
    }
}
