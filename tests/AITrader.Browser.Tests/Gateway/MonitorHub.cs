using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace AITrader.Browser.Tests.Gateway;

/// <summary>The live connections of a <see cref="ScriptedGateway"/>.</summary>
internal sealed class MonitorHub
{
    private readonly ConcurrentDictionary<WebSocket, SemaphoreSlim> _sockets = new();
    private readonly byte[] _received = new byte[1024];

    /// <summary>Connections accepted so far.</summary>
    public int Accepted { get; private set; }

    public async Task ServeAsync(WebSocket socket, object snapshot)
    {
        Accepted++;
        using var turn = new SemaphoreSlim(1);
        await SendAsync(socket, turn, JsonSerializer.SerializeToUtf8Bytes(snapshot, Wire.Json));
        _sockets[socket] = turn;
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                await socket.ReceiveAsync(_received, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            // the page was closed, or the test dropped it
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    public async Task SendAsync(object message)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, Wire.Json);
        foreach (var (socket, turn) in _sockets)
        {
            await SendAsync(socket, turn, bytes);
        }
    }

    /// <summary>Cuts every connection without a farewell.</summary>
    public void DropAll()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Abort();
        }
    }

    private static async Task SendAsync(WebSocket socket, SemaphoreSlim turn, byte[] bytes)
    {
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }
}
