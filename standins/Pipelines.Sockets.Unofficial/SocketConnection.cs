using System.IO.Pipelines;
using System.Net.Sockets;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A socket as a pair of pipes.</summary>
public sealed class SocketConnection : IMeasuredDuplexPipe, IDisposable
{
    private readonly SocketTransport _transport;
    private readonly DuplexPump _pump;

    private SocketConnection(Socket socket, PipeOptions? sendPipeOptions, PipeOptions? receivePipeOptions)
    {
        _transport = new SocketTransport(socket);
        _pump = DuplexPump.Start(_transport, sendPipeOptions, receivePipeOptions);
    }

    /// <summary>What was received.</summary>
    public PipeReader Input => _pump.Input;

    /// <summary>What is to be sent.</summary>
    public PipeWriter Output => _pump.Output;

    /// <summary>Bytes received so far.</summary>
    public long BytesRead => _pump.TotalBytesReceived;

    /// <summary>Bytes sent so far.</summary>
    public long BytesSent => _pump.TotalBytesSent;

    /// <summary>Size of the last receive.</summary>
    public int LastReceived => _pump.LastReceived;

    /// <summary>Why it ended.</summary>
    public PipeShutdownKind ShutdownKind => _pump.ShutdownKind;

    /// <summary>The socket's error, if that is why.</summary>
    public SocketError SocketError => _pump.SocketError;

    long IMeasuredDuplexPipe.TotalBytesSent => BytesSent;

    long IMeasuredDuplexPipe.TotalBytesReceived => BytesRead;

    /// <summary>Starts pumping a connected socket.</summary>
    public static SocketConnection Create(
        Socket socket,
        PipeOptions? sendPipeOptions,
        PipeOptions? receivePipeOptions,
        SocketConnectionOptions connectionOptions = SocketConnectionOptions.None,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return new SocketConnection(socket, sendPipeOptions, receivePipeOptions);
    }

    /// <summary>There is nothing that could be missing.</summary>
    public static void AssertDependencies()
    {
    }

    /// <summary>No delay. An optimisation only, so a socket that refuses it is used as it is.</summary>
    public static void SetRecommendedClientOptions(Socket socket)
    {
        try
        {
            if (socket.ProtocolType == ProtocolType.Tcp)
            {
                socket.NoDelay = true;
            }
        }
        catch (Exception refusal) when (refusal is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Says why it ends, before it does; the first reason wins.</summary>
    public bool TrySetProtocolShutdown(PipeShutdownKind kind) => _pump.TrySetProtocolShutdown(kind);

    /// <summary>How full the buffers are.</summary>
    public Counters GetCounters() => new(_transport.Available);

    /// <summary>Ends both directions.</summary>
    public void Dispose() => _pump.Dispose();

    /// <summary>-1 is "not known" to the reader of these.</summary>
    public readonly struct Counters
    {
        internal Counters(long available) => BytesAvailableOnSocket = available;

        /// <summary>Received by the system, not yet by us.</summary>
        public long BytesAvailableOnSocket { get; }

        /// <summary>Not known.</summary>
        public long BytesWaitingToBeRead => -1;

        /// <summary>Not known.</summary>
        public long BytesWaitingToBeSent => -1;
    }
}
