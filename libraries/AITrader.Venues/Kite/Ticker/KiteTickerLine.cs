using System.Net;
using System.Net.WebSockets;
using System.Text;
using AITrader.Venues.Feeds;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>One line of the ticker: dials, subscribes, listens, and begins again whenever it breaks or falls silent.</summary>
internal sealed class KiteTickerLine(
    int number,
    KiteTickerOptions options,
    Func<CancellationToken, Task<KiteCredentials>> credentials,
    TimeProvider clock
)
{
    private readonly Lock _gate = new();
    private Action<string>? _cut;

    public KiteSubscriptions Subscriptions { get; } = new();

    /// <summary>How many tokens it has; its ticker guards that.</summary>
    public int Tokens { get; set; }

    /// <summary>Gives the socket that stands up for a new one; without one nothing happens.</summary>
    public void Cut(string reason)
    {
        lock (_gate)
        {
            _cut?.Invoke(reason);
        }
    }

    /// <summary>Listens until cancelled. The first line is dialled at once, as what comes for the account comes on any line; the others
    /// when something is wanted of them.</summary>
    public async Task RunAsync(KiteTurns turns, CancellationToken ct)
    {
        await NeededAsync(ct);
        var backoff = new Backoff(options.Backoff, options.MaxBackoff, jitterSeed: null);
        while (true)
        {
            using var socket = Begin(ct);
            string reason;
            try
            {
                await ListenAsync(turns, socket);
                reason = socket.Reason!;
            }
            catch (Exception failure) when (IsLineFailure(failure, ct))
            {
                reason = socket.Reason
                    ?? (socket.IsSilent ? $"nothing was heard for {options.SilenceLimit.TotalSeconds:0.#} s" : failure.Message);
            }
            finally
            {
                End();
            }

            await turns.TellAsync(handler => handler.OnDisconnected(Show(), reason), ct);
            if (socket.HasHeard)
            {
                backoff.Reset();
            }

            await Task.Delay(backoff.Next(), clock, ct);
        }
    }

    private static bool IsLineFailure(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private async Task NeededAsync(CancellationToken ct)
    {
        while (number > 1)
        {
            var changed = Subscriptions.Changed;
            if (Subscriptions.Wanted.Count > 0)
            {
                return;
            }

            await changed.WaitAsync(ct);
        }
    }

    private KiteLine Show() => new(number, Subscriptions.Wanted);

    private KiteSocket Begin(CancellationToken ct)
    {
        var socket = new KiteSocket(options, clock, ct);
        lock (_gate)
        {
            _cut = socket.Cut;
        }

        return socket;
    }

    private void End()
    {
        lock (_gate)
        {
            _cut = null;
        }
    }

    private async Task ListenAsync(KiteTurns turns, KiteSocket line)
    {
        var ct = line.Token;
        using var socket = await DialAsync(ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await turns.TellAsync(handler => handler.OnConnected(Show()), ct);
        var sending = SendAsync(socket, end.Token);
        try
        {
            await ReceiveAsync(socket, turns, line);
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
                    $"the ticker gives this key no further line (429): {KiteTickerOptions.MostLines} at most, of all programs that use the key",
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
        // A new line knows nothing: everything that is wanted is told again.
        var told = new Dictionary<uint, KiteMode>();
        while (true)
        {
            var changed = Subscriptions.Changed;
            foreach (var message in Subscriptions.Difference(told))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);
            }

            await changed.WaitAsync(ct);
        }
    }

    private async Task ReceiveAsync(ClientWebSocket socket, KiteTurns turns, KiteSocket line)
    {
        while (await line.MessageAsync(socket) is { } type)
        {
            line.HasHeard = true;
            if (type == WebSocketMessageType.Text)
            {
                var text = Encoding.UTF8.GetString(line.Message.Span);
                await turns.TellAsync(handler => handler.OnText(text), line.Token);
            }
            else if (line.Message.Length == 1)
            {
                await turns.TellAsync(static handler => handler.OnHeartbeat(), line.Token);
            }
            else
            {
                await turns.GiveAsync(line.Message, clock, line.Token);
            }
        }
    }
}
