using System.Net;
using System.Net.WebSockets;
using System.Text;
using AITrader.Domain.Time;
using AITrader.Venues.Feeds;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>One connection to the ticker: connects, subscribes, receives, and begins again whenever it breaks or falls silent.</summary>
internal sealed class KiteTickerConnection(
    int number,
    KiteTickerOptions options,
    Func<CancellationToken, Task<KiteCredentials>> credentials,
    TimeProvider clock
)
{
    private readonly Lock _gate = new();
    private Action<string>? _abort;

    public KiteSubscriptions Subscriptions { get; } = new();

    /// <summary>How many tokens are subscribed on it; guarded by the lock of its ticker.</summary>
    public int Tokens { get; set; }

    /// <summary>Replaces the open socket by a new one; nothing happens where none is open.</summary>
    public void Abort(string reason)
    {
        lock (_gate)
        {
            _abort?.Invoke(reason);
        }
    }

    /// <summary>Receives until cancelled. The first connection is made at once, as updates of orders come on any connection; the others
    /// when something is subscribed on them.</summary>
    public async Task RunAsync(KiteHandlerQueue handlers, CancellationToken ct)
    {
        await WaitForSubscriptionAsync(ct);
        var backoff = new ReconnectBackoff(new Backoff(options.Backoff, options.MaxBackoff), jitterSeed: null);
        while (true)
        {
            using var socket = Begin(ct);
            string reason;
            try
            {
                await FollowAsync(handlers, socket);
                reason = socket.Reason!;
            }
            catch (Exception failure) when (IsConnectionFailure(failure, ct))
            {
                reason = socket.Reason
                    ?? (socket.IsSilent ? $"nothing was heard for {options.SilenceLimit.TotalSeconds:0.#} s" : failure.Message);
            }
            finally
            {
                End();
            }

            await handlers.CallAsync(handler => handler.OnDisconnected(Describe(), reason), ct);
            if (socket.HasReceived)
            {
                backoff.Reset();
            }

            await Task.Delay(backoff.Next(), clock, ct);
        }
    }

    private static bool IsConnectionFailure(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private async Task WaitForSubscriptionAsync(CancellationToken ct)
    {
        while (number > 1)
        {
            var changed = Subscriptions.Changed;
            if (Subscriptions.Tokens.Count > 0)
            {
                return;
            }

            await changed.WaitAsync(ct);
        }
    }

    private KiteConnection Describe() => new(number, Subscriptions.Tokens);

    private KiteSocket Begin(CancellationToken ct)
    {
        var socket = new KiteSocket(options, clock, ct);
        lock (_gate)
        {
            _abort = socket.Abort;
        }

        return socket;
    }

    private void End()
    {
        lock (_gate)
        {
            _abort = null;
        }
    }

    private async Task FollowAsync(KiteHandlerQueue handlers, KiteSocket received)
    {
        var ct = received.Token;
        using var socket = await DialAsync(ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await handlers.CallAsync(handler => handler.OnConnected(Describe()), ct);
        var sending = SendAsync(socket, end.Token);
        try
        {
            await ReceiveAsync(socket, handlers, received);
        }
        finally
        {
            await end.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ClientWebSocket> DialAsync(CancellationToken ct)
    {
        var caller = await credentials(ct);
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        // Kite's heartbeat is data of its own; WebSocket pings would hide a dead feed behind a living socket.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.ConnectLimit);
        try
        {
            await socket.ConnectAsync(AddressFor(caller), limit.Token);
            return socket;
        }
        catch (Exception refusal)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (status == HttpStatusCode.Forbidden)
            {
                throw new KiteException(status, "TokenException", "The ticker refuses these credentials.", refusal);
            }

            if (status == HttpStatusCode.TooManyRequests)
            {
                throw new IOException(
                    $"the ticker gives this key no further connection (429): {KiteTickerOptions.MaxConnections} at most, of all programs that use the key",
                    refusal
                );
            }

            throw;
        }
    }

    private Uri AddressFor(KiteCredentials caller) =>
        new UriBuilder(options.Address)
        {
            Query = $"api_key={Uri.EscapeDataString(caller.ApiKey)}&access_token={Uri.EscapeDataString(caller.AccessToken)}",
        }.Uri;

    private async Task SendAsync(ClientWebSocket socket, CancellationToken ct)
    {
        // A new connection knows nothing: everything is subscribed again.
        var sent = new Dictionary<uint, KiteMode>();
        while (true)
        {
            var changed = Subscriptions.Changed;
            foreach (var message in Subscriptions.Difference(sent))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);
            }

            await changed.WaitAsync(ct);
        }
    }

    private async Task ReceiveAsync(ClientWebSocket socket, KiteHandlerQueue handlers, KiteSocket received)
    {
        while (await received.MessageAsync(socket) is { } type)
        {
            received.HasReceived = true;
            if (type == WebSocketMessageType.Text)
            {
                var text = Encoding.UTF8.GetString(received.Message.Span);
                await handlers.CallAsync(handler => handler.OnText(text), received.Token);
            }
            else if (received.Message.Length == 1)
            {
                await handlers.CallAsync(static handler => handler.OnHeartbeat(), received.Token);
            }
            else
            {
                await handlers.PassFrameAsync(received.Message, clock, received.Token);
            }
        }
    }
}
