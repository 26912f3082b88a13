using System.Net.WebSockets;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>The state of one socket, and the message received last.</summary>
internal sealed class KiteSocket(KiteTickerOptions options, TimeProvider clock, CancellationToken ct) : IDisposable
{
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(ct);

    // Not of a pool: a connection that dies in the middle of a large message must give nothing back twice.
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public CancellationToken Token => _end.Token;

    public bool HasReceived { get; set; }

    public bool IsSilent { get; private set; }

    /// <summary>Why it was aborted; null where it was not.</summary>
    public string? Reason { get; private set; }

    /// <summary>The message received last; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, _length);

    /// <summary>Waits for a message; null where the other side closed the connection.</summary>
    /// <exception cref="InvalidDataException">It is larger than any that makes sense.</exception>
    public async Task<WebSocketMessageType?> MessageAsync(ClientWebSocket socket)
    {
        _length = 0;
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var part = await ReceiveAsync(socket, _buffer.AsMemory(_length));
            _length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                Reason ??= $"the other side closed the connection ({(int?)socket.CloseStatus}: {socket.CloseStatusDescription})";
                return null;
            }

            if (part.EndOfMessage)
            {
                return part.MessageType;
            }
        }
    }

    public void Abort(string reason)
    {
        // From a timer, so that nothing of the connection runs inside the caller's lock.
        Reason = reason;
        _end.CancelAfter(TimeSpan.Zero);
    }

    public void Dispose() => _end.Dispose();

    private async Task<ValueWebSocketReceiveResult> ReceiveAsync(ClientWebSocket socket, Memory<byte> buffer)
    {
        using var silence = new CancellationTokenSource(options.SilenceLimit, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, silence.Token);
        try
        {
            return await socket.ReceiveAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            IsSilent = true;
            throw;
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= MaxMessageBytes)
        {
            throw new InvalidDataException($"a message is larger than {MaxMessageBytes} bytes");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
