using System.Net.WebSockets;
using System.Text;
using AITrader.Venues.Feeds;

namespace AITrader.Venues.Binance;

/// <summary>One WebSocket connection. One reader, one sender. Pings of the venue are answered by the socket itself while it is
/// read.</summary>
internal sealed class BinanceConnection : IDisposable
{
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _silence;
    private readonly TimeSpan _silenceLimit;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly PacedBudget _messages;
    private byte[] _buffer = new byte[64 * 1024];

    public BinanceConnection(TimeSpan silenceLimit, TimeProvider time, CancellationToken ct)
    {
        (_silenceLimit, _time, _start) = (silenceLimit, time, time.GetTimestamp());
        _messages = new PacedBudget(1, BinanceMarket.MessagesPerSecond, time);
        _silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(ct, _silence.Token);
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
    }

    /// <summary>Why it was aborted; null where it was not.</summary>
    public string? Reason { get; private set; }

    public TimeSpan Age => _time.GetElapsedTime(_start);

    public async Task ConnectAsync(Uri address, TimeSpan within, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(within, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            await _socket.ConnectAsync(address, limit.Token);
        }
        catch (Exception failure)
            when (time.IsCancellationRequested && !ct.IsCancellationRequested && failure is OperationCanceledException or WebSocketException
            )
        {
            Reason ??= $"the other side did not answer within {within.TotalSeconds:0.#} s";
            throw;
        }
    }

    /// <summary>The next text message, valid until the next call; null where the other side closed the connection.</summary>
    /// <exception cref="InvalidDataException">A message is larger than any that makes sense.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Grow();
            }

            var part = await ReceiveAsync(_buffer.AsMemory(length));
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                Reason ??= $"the other side closed the connection ({(int?)_socket.CloseStatus}: {_socket.CloseStatusDescription})";
                return null;
            }

            if (part.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }

    /// <summary>Sends a control message, as soon as the venue's pace allows.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> SendAsync(string text, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        var waited = await _messages.SpendAsync(1, limit.Token);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        return waited;
    }

    /// <summary>Aborts the connection. From any thread.</summary>
    public void Abort(string reason)
    {
        Reason ??= reason;
        _end.CancelAfter(TimeSpan.Zero);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _end.Dispose();
        _silence.Dispose();
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer)
    {
        // Only while somebody reads: a reader that is held back does not make the other side silent.
        _silence.CancelAfter(_silenceLimit);
        try
        {
            return await _socket.ReceiveAsync(buffer, _end.Token);
        }
        catch (OperationCanceledException) when (_silence.IsCancellationRequested)
        {
            Reason ??= $"nothing was heard for {_silenceLimit.TotalSeconds:0.#} s";
            throw;
        }
        finally
        {
            _silence.CancelAfter(Timeout.InfiniteTimeSpan);
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
