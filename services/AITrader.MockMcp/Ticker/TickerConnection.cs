using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AITrader.MockMcp.Faults;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Shapes;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Ticker;

/// <summary>One client of the ticker. A slow client misses intermediate changes but never the latest: each frame is built from the present
/// state when the connection is free.</summary>
internal sealed class TickerConnection(
    WebSocket socket,
    MarketBoard board,
    FaultControl faults,
    ChannelReader<BrokerOrder> orders,
    TimeProvider clock
) : IDisposable
{
    private const int MaxTokens = 3000;
    private const int MaxRequestBytes = 64 * 1024;

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);
    private static readonly byte[] Heartbeat = [0];
    private static readonly byte[] DamagedFrame = [0, 2, 0, 44, 1, 2, 3];

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, KiteMode> _subscriptions = [];
    private readonly HashSet<uint> _newlySubscribed = [];
    private readonly KiteFrameWriter _writer = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly int _dropsBefore = faults.Drops;
    private int _garbageSent = faults.Garbage;
    private IReadOnlyDictionary<uint, BoardEntry>? _sentEntries;

    public async Task RunAsync(CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writing = WriteAsync(end.Token);
        var telling = TellOrdersAsync(end.Token);
        var reading = ReadAsync(end.Token);
        await Task.WhenAny(writing, reading, telling);
        await end.CancelAsync();
        socket.Abort();
        await Task.WhenAll(writing, reading, telling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _sending.Dispose();

    private async Task ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[MaxRequestBytes];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
            } while (!part.EndOfMessage && length < buffer.Length);

            if (part.MessageType == WebSocketMessageType.Close || !part.EndOfMessage)
            {
                return;
            }

            if (part.MessageType == WebSocketMessageType.Text && Apply(TickerRequest.TryParse(buffer.AsMemory(0, length))) is { } refusal)
            {
                await SendAsync(Encoding.UTF8.GetBytes($$"""{"type":"error","data":"{{refusal}}"}"""), WebSocketMessageType.Text, ct);
            }
        }
    }

    private string? Apply(TickerRequest? request)
    {
        if (request is null)
        {
            return "Invalid request";
        }

        lock (_gate)
        {
            return request.Action == "unsubscribe" ? Unsubscribe(request.Tokens) : Subscribe(request);
        }
    }

    private string? Unsubscribe(IReadOnlyList<uint> tokens)
    {
        foreach (var token in tokens)
        {
            _subscriptions.Remove(token);
        }

        return null;
    }

    private string? Subscribe(TickerRequest request)
    {
        var surplus = 0;
        foreach (var token in request.Tokens)
        {
            if (_subscriptions.Count >= MaxTokens && !_subscriptions.ContainsKey(token))
            {
                surplus++;
                continue;
            }

            _subscriptions[token] = request.Mode ?? _subscriptions.GetValueOrDefault(token, KiteMode.Quote);
            _newlySubscribed.Add(token);
        }

        return surplus == 0 ? null : $"{surplus} tokens are over the limit of {MaxTokens}";
    }

    // Every line of the account hears of every order, whatever it subscribed to. What happens while the ticker is silent is lost.
    private async Task TellOrdersAsync(CancellationToken ct)
    {
        await foreach (var order in orders.ReadAllAsync(ct))
        {
            if (!faults.IsSilent)
            {
                var update = new JsonObject { ["type"] = "order", ["data"] = OrderShape.Update(order, string.Empty) };
                await SendAsync(Encoding.UTF8.GetBytes(update.ToJsonString()), WebSocketMessageType.Text, ct);
            }
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var lastSent = clock.GetTimestamp();
        while (faults.Drops == _dropsBefore)
        {
            var changed = board.Changed;
            if (!faults.IsSilent && await SendNextAsync(lastSent, ct))
            {
                lastSent = clock.GetTimestamp();
            }

            // Also without a change of the market, for heartbeats, requested faults and new subscriptions.
            await Task.WhenAny(changed, Task.Delay(HeartbeatInterval / 10, clock, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> SendNextAsync(long lastSent, CancellationToken ct)
    {
        if (_garbageSent != faults.Garbage)
        {
            _garbageSent = faults.Garbage;
            await SendAsync(DamagedFrame, WebSocketMessageType.Binary, ct);
            return true;
        }

        if (MakeFrame())
        {
            await SendAsync(_writer.Frame, WebSocketMessageType.Binary, ct);
            return true;
        }

        if (clock.GetElapsedTime(lastSent) < HeartbeatInterval)
        {
            return false;
        }

        await SendAsync(Heartbeat, WebSocketMessageType.Binary, ct);
        return true;
    }

    private bool MakeFrame()
    {
        var entries = board.Entries;
        var isAny = false;
        _writer.Clear();
        lock (_gate)
        {
            var isChanged = !ReferenceEquals(entries, _sentEntries);
            foreach (var (token, mode) in _subscriptions)
            {
                if ((isChanged || _newlySubscribed.Contains(token)) && entries.TryGetValue(token, out var entry))
                {
                    _writer.Add(entry.Snapshot, mode);
                    isAny = true;
                }
            }

            _newlySubscribed.Clear();
        }

        _sentEntries = entries;
        return isAny;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken ct)
    {
        // Reader and writer both send; the socket takes one message at a time.
        await _sending.WaitAsync(ct);
        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, ct);
        }
        finally
        {
            _sending.Release();
        }
    }
}
