using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Two pipes and two pump loops between them and a transport.</summary>
/// <remarks>
/// Memory of a pipe goes back to the pool only after both its ends are completed, and each pump completes its end only
/// after its own I/O has ended.
/// </remarks>
internal sealed class DuplexPump : IMeasuredDuplexPipe, IDisposable
{
    private const int MinReceive = 4096;
    private const int MaxReceive = 64 * 1024;

    private readonly ITransport _transport;
    private readonly Pipe _receive;
    private readonly Pipe _send;
    private long _bytesRead;
    private long _bytesSent;
    private int _lastReceived;
    private int _shutdownKind;
    private int _socketError;

    private DuplexPump(ITransport transport, PipeOptions? sendOptions, PipeOptions? receiveOptions)
    {
        _transport = transport;
        _send = new Pipe(sendOptions ?? PipeOptions.Default);
        _receive = new Pipe(receiveOptions ?? PipeOptions.Default);
    }

    public PipeReader Input => _receive.Reader;

    public PipeWriter Output => _send.Writer;

    public long TotalBytesReceived => Volatile.Read(ref _bytesRead);

    public long TotalBytesSent => Volatile.Read(ref _bytesSent);

    public int LastReceived => Volatile.Read(ref _lastReceived);

    public PipeShutdownKind ShutdownKind => (PipeShutdownKind)Volatile.Read(ref _shutdownKind);

    public SocketError SocketError => (SocketError)Volatile.Read(ref _socketError);

    public static DuplexPump Start(ITransport transport, PipeOptions? sendOptions, PipeOptions? receiveOptions)
    {
        var pump = new DuplexPump(transport, sendOptions, receiveOptions);

        // The pumps outlive the caller, whose context must not flow into them; suppressing twice throws.
        if (ExecutionContext.IsFlowSuppressed())
        {
            pump.Run();
            return pump;
        }

        using (ExecutionContext.SuppressFlow())
        {
            pump.Run();
        }

        return pump;
    }

    /// <summary>First reason wins.</summary>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) =>
        Interlocked.CompareExchange(ref _shutdownKind, (int)kind, 0) == 0;

    public void Dispose()
    {
        TrySetProtocolShutdown(PipeShutdownKind.Disposed);
        Complete(_receive.Reader.Complete);
        Complete(_send.Writer.Complete);
        _transport.Abort();
    }

    // A pipe may be in use on another thread at this moment; that one will complete it.
    private static void Complete(Action<Exception?> complete)
    {
        try
        {
            complete(null);
        }
        catch (InvalidOperationException)
        {
        }
    }

    private void Run()
    {
        _ = ReceiveLoopAsync();
        _ = SendLoopAsync();
    }

    private async Task ReceiveLoopAsync()
    {
        Exception? error = null;
        try
        {
            await ReceiveAllAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            error = Failed(failure, PipeShutdownKind.ReadFailed);
        }

        _receive.Writer.Complete(error);
    }

    private async Task ReceiveAllAsync()
    {
        var writer = _receive.Writer;
        var size = MinReceive;
        while (true)
        {
            var memory = writer.GetMemory(size);
            var bytes = await _transport.ReceiveAsync(memory).ConfigureAwait(false);
            Volatile.Write(ref _lastReceived, bytes);
            if (bytes <= 0)
            {
                TrySetProtocolShutdown(PipeShutdownKind.ReadEndOfStream);
                return;
            }

            Volatile.Write(ref _bytesRead, _bytesRead + bytes);

            // A full buffer means that more is waiting.
            size = bytes == memory.Length ? MaxReceive : MinReceive;
            writer.Advance(bytes);
            var flushed = await writer.FlushAsync().ConfigureAwait(false);
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                TrySetProtocolShutdown(PipeShutdownKind.InputReaderCompleted);
                return;
            }
        }
    }

    private async Task SendLoopAsync()
    {
        try
        {
            await SendAllAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Failed(failure, PipeShutdownKind.WriteFailed);

            // The owner learns of the loss by its read.
            _transport.Abort();
        }

        // Not with the error: a FlushAsync that throws would reach callers as a bare IOException.
        _send.Reader.Complete();
    }

    private async Task SendAllAsync()
    {
        var reader = _send.Reader;
        while (true)
        {
            var result = await reader.ReadAsync().ConfigureAwait(false);
            var buffer = result.Buffer;
            foreach (var segment in buffer)
            {
                if (!segment.IsEmpty)
                {
                    await _transport.SendAsync(segment).ConfigureAwait(false);
                    Volatile.Write(ref _bytesSent, _bytesSent + segment.Length);
                }
            }

            await _transport.FlushAsync().ConfigureAwait(false);
            reader.AdvanceTo(buffer.End);
            if (result.IsCompleted || result.IsCanceled)
            {
                TrySetProtocolShutdown(PipeShutdownKind.WriteEndOfStream);
                return;
            }
        }
    }

    private ConnectionResetException Failed(Exception failure, PipeShutdownKind kind)
    {
        if ((failure as SocketException ?? failure.InnerException as SocketException) is { } socket)
        {
            Volatile.Write(ref _socketError, (int)socket.SocketErrorCode);
        }

        TrySetProtocolShutdown(kind);
        return failure as ConnectionResetException ?? new ConnectionResetException(failure.Message, failure);
    }
}
