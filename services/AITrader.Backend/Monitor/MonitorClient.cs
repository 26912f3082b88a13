using System.Net.WebSockets;

namespace AITrader.Backend.Monitor;

/// <summary>One connected client.</summary>
internal sealed class MonitorClient(WebSocket socket, MonitorQueue queue, MonitorOptions options)
{
    private const int MaxRequestBytes = 4096;
    private const int TryAgainLater = 1013;

    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    /// <summary>Sends what comes, the first message first, until the client leaves, falls behind, its session ends or the service
    /// stops.</summary>
    public async Task RunAsync(MonitorMessage first, CancellationToken sessionEnd, CancellationToken shutdown)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(sessionEnd, shutdown);
        using var silence = new CancellationTokenSource();
        var sending = SendAllAsync(first, stop.Token);
        var receiving = ReceiveAllAsync(silence.Token);
        await Task.WhenAny(sending, receiving);
        await stop.CancelAsync();
        await Quietly(sending);

        // Cancelling a read aborts the connection, and with it the farewell: the client gets a moment to answer it.
        var (status, reason) = ReasonToClose(sessionEnd, shutdown);
        await CloseAsync(status, reason);
        silence.CancelAfter(CloseTime);
        await Quietly(receiving);
    }

    private (WebSocketCloseStatus Status, string Reason) ReasonToClose(CancellationToken sessionEnd, CancellationToken shutdown)
    {
        if (queue.HasOverflowed)
        {
            return ((WebSocketCloseStatus)TryAgainLater, "too slow");
        }

        if (sessionEnd.IsCancellationRequested)
        {
            return (WebSocketCloseStatus.PolicyViolation, "session ended");
        }

        return shutdown.IsCancellationRequested
            ? (WebSocketCloseStatus.EndpointUnavailable, "shutting down")
            : (WebSocketCloseStatus.NormalClosure, string.Empty);
    }

    private async Task SendAllAsync(MonitorMessage first, CancellationToken ct)
    {
        await SendAsync(first);
        while (!queue.HasOverflowed)
        {
            foreach (var message in await queue.TakeAsync(ct))
            {
                await SendAsync(message);
            }

            // Readings that come meanwhile replace each other: no client gets them faster than this.
            await Task.Delay(options.TickInterval, ct);
        }
    }

    // Only its own limit ends a send, because that aborts the connection: a client that takes nothing at all cannot be told why either.
    private async Task SendAsync(MonitorMessage message)
    {
        using var limit = new CancellationTokenSource(options.SendTimeout);
        await socket.SendAsync(message.Bytes, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    // The client has nothing to say but goodbye.
    private async Task ReceiveAllAsync(CancellationToken ct)
    {
        var buffer = new byte[MaxRequestBytes];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), ct);
        } while (received.MessageType != WebSocketMessageType.Close);
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var limit = new CancellationTokenSource(CloseTime);
        await Quietly(socket.CloseOutputAsync(status, reason, limit.Token));
    }

    // The connection is going away: how its last operations ended changes nothing.
    private static async Task Quietly(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
