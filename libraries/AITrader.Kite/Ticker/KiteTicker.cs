using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace AITrader.Kite.Ticker;

/// <summary>Client of the binary ticker. It dials again whenever the line breaks or falls silent, and subscribes again.</summary>
/// <remarks><see cref="Subscribe"/> and <see cref="Unsubscribe"/> may be called from any thread, before and while it runs.</remarks>
public sealed class KiteTicker(KiteTickerOptions options, Func<CancellationToken, Task<KiteCredentials>> credentials, TimeProvider clock)
{
    private const int LargestMessage = 4 * 1024 * 1024;

    private readonly KiteSubscriptions _subscriptions = new();
    private readonly Lock _gate = new();
    private Action<string>? _cut;

    /// <summary>Wants these tokens in this mode.</summary>
    public void Subscribe(IEnumerable<uint> tokens, KiteMode mode) => _subscriptions.Add(tokens, mode);

    /// <summary>Wants nothing more of these tokens.</summary>
    public void Unsubscribe(IEnumerable<uint> tokens) => _subscriptions.Remove(tokens);

    /// <summary>Subscribes these once more on the line that stands: for instruments that fell silent.</summary>
    public void Resubscribe(IEnumerable<uint> tokens) => _subscriptions.Repeat(tokens);

    /// <summary>Gives the line that stands up for a new one; without a line nothing happens.</summary>
    public void Redial(string reason)
    {
        lock (_gate)
        {
            _cut?.Invoke(reason);
        }
    }

    /// <summary>Listens until cancelled.</summary>
    /// <exception cref="KiteException">The credentials are refused: a new session is needed. Everything else is tried again.</exception>
    public async Task RunAsync(IKiteTickerHandler handler, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var pause = options.Backoff;
        while (true)
        {
            using var line = Begin(ct);
            try
            {
                await ListenAsync(handler, line);
                handler.OnDisconnected(line.Reason!);
            }
            catch (Exception failure) when (IsLineFailure(failure, ct))
            {
                handler.OnDisconnected(line.Reason ?? (line.IsSilent ? $"nothing was heard for {options.SilenceLimit.TotalSeconds:0.#} s" : failure.Message));
            }
            finally
            {
                End();
            }

            pause = line.HasHeard ? options.Backoff : pause;
            await Task.Delay(pause, clock, ct);
            pause = pause * 2 > options.MaxBackoff ? options.MaxBackoff : pause * 2;
        }
    }

    private static bool IsLineFailure(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested && failure is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private Line Begin(CancellationToken ct)
    {
        var line = new Line(ct);
        lock (_gate)
        {
            _cut = line.Cut;
        }

        return line;
    }

    private void End()
    {
        lock (_gate)
        {
            _cut = null;
        }
    }

    private async Task ListenAsync(IKiteTickerHandler handler, Line line)
    {
        var ct = line.Token;
        using var socket = await DialAsync(ct);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        handler.OnConnected();
        var sending = SendAsync(socket, end.Token);
        try
        {
            await ReceiveAsync(socket, handler, line, ct);
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

            throw;
        }
    }

    private Uri AddressFor(KiteCredentials caller) => new UriBuilder(options.Address)
    {
        Query = $"api_key={Uri.EscapeDataString(caller.ApiKey)}&access_token={Uri.EscapeDataString(caller.AccessToken)}",
    }.Uri;

    private async Task SendAsync(ClientWebSocket socket, CancellationToken ct)
    {
        // A new line knows nothing: everything that is wanted is told again.
        var told = new Dictionary<uint, KiteMode>();
        while (true)
        {
            var changed = _subscriptions.Changed;
            foreach (var message in _subscriptions.Difference(told))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);
            }

            await changed.WaitAsync(ct);
        }
    }

    private async Task ReceiveAsync(ClientWebSocket socket, IKiteTickerHandler handler, Line line, CancellationToken ct)
    {
        while (true)
        {
            var (length, type) = await MessageAsync(socket, line, ct);
            if (type == WebSocketMessageType.Close)
            {
                line.Close(socket);
                return;
            }

            line.HasHeard = true;
            if (type == WebSocketMessageType.Text)
            {
                handler.OnText(Encoding.UTF8.GetString(line.Buffer.AsSpan(0, length)));
            }
            else if (length == 1)
            {
                handler.OnHeartbeat();
            }
            else if (Give(line.Buffer.AsSpan(0, length), handler))
            {
                await handler.OnFrameAsync(ct);
            }
        }
    }

    private bool Give(ReadOnlySpan<byte> bytes, IKiteTickerHandler handler)
    {
        var received = clock.GetUtcNow();
        var frame = new KiteFrame(bytes);
        var isAny = false;
        while (frame.MoveNext())
        {
            handler.OnPacket(frame.Current, received);
            isAny = true;
        }

        // After a broken frame nothing tells where the next one starts in meaning: a new line does.
        return frame.IsDamaged ? throw Damaged(bytes.Length, handler) : isAny;
    }

    private static InvalidDataException Damaged(int length, IKiteTickerHandler handler)
    {
        handler.OnDamagedFrame();
        return new InvalidDataException($"a frame of {length} bytes is damaged");
    }

    private async Task<(int Length, WebSocketMessageType Type)> MessageAsync(ClientWebSocket socket, Line line, CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            if (length == line.Buffer.Length)
            {
                line.Grow();
            }

            var part = await HearAsync(socket, line.Buffer.AsMemory(length), line, ct);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (length, part.MessageType);
            }
        }
    }

    private async Task<ValueWebSocketReceiveResult> HearAsync(ClientWebSocket socket, Memory<byte> buffer, Line line, CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(options.SilenceLimit, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        try
        {
            return await socket.ReceiveAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            line.IsSilent = true;
            throw;
        }
    }

    /// <summary>What is known of one line.</summary>
    private sealed class Line(CancellationToken ct) : IDisposable
    {
        private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(ct);

        /// <summary>The message that is being received. Not of a pool: a line that dies in the middle of a large one must give nothing back twice.</summary>
        public byte[] Buffer { get; private set; } = new byte[64 * 1024];

        public CancellationToken Token => _end.Token;

        public bool HasHeard { get; set; }

        public bool IsSilent { get; set; }

        public string? Reason { get; private set; }

        public void Close(ClientWebSocket socket) => Reason ??= $"the other side closed the line ({(int?)socket.CloseStatus}: {socket.CloseStatusDescription})";

        public void Grow()
        {
            if (Buffer.Length >= LargestMessage)
            {
                throw new InvalidDataException($"a message is larger than {LargestMessage} bytes");
            }

            var larger = new byte[Buffer.Length * 2];
            Buffer.CopyTo(larger, 0);
            Buffer = larger;
        }

        public void Cut(string reason)
        {
            // From a timer, so that nothing of the line runs inside the caller's lock.
            Reason = reason;
            _end.CancelAfter(TimeSpan.Zero);
        }

        public void Dispose() => _end.Dispose();
    }
}
