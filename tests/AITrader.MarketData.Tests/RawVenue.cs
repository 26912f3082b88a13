using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AITrader.MarketData.Tests;

/// <summary>A server that does with each connection what a test says, byte by byte: what no library of WebSockets would do.</summary>
internal sealed partial class RawVenue : IAsyncDisposable
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private readonly Func<Connection, int, Task> _script;
    private int _connections;

    /// <summary>Starts it.</summary>
    /// <param name="script">What is done with a connection and its number, from 1; the connection ends when that ends.</param>
    public RawVenue(Func<Connection, int, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>A frame as a server sends it.</summary>
    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ =>
            [
                127,
                0,
                0,
                0,
                0,
                (byte)(payload.Length >> 24),
                (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8),
                (byte)payload.Length,
            ],
        };
        return [(byte)((isFinal ? 0x80 : 0) | opcode), .. length, .. payload];
    }

    public static byte[] Text(string text) => Frame(1, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(ushort code, string reason) => Frame(8, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                serving.Add(ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        finally
        {
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            await _script(new Connection(client, _end.Token), number);
        }
    }

    /// <summary>One connection.</summary>
    internal sealed partial class Connection(TcpClient client, CancellationToken end)
    {
        private readonly NetworkStream _stream = client.GetStream();

        /// <summary>Reads the request; the answer that makes it a WebSocket.</summary>
        public async Task<byte[]> ReadRequestAsync()
        {
            var request = new StringBuilder();
            var buffer = new byte[4096];
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await _stream.ReadAsync(buffer, end);
                request.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

#pragma warning disable CA5350 // The protocol's own use of SHA-1.
            var accept = Convert.ToBase64String(
                SHA1.HashData(Encoding.ASCII.GetBytes(Key().Match(request.ToString()).Groups[1].Value + Guid))
            );
#pragma warning restore CA5350
            return Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
            );
        }

        public async Task ShakeHandsAsync() => await SendAsync(await ReadRequestAsync());

        public async Task SendAsync(params byte[][] parts)
        {
            foreach (var part in parts)
            {
                await _stream.WriteAsync(part, end);
            }
        }

        /// <summary>The next bytes of the client; 0 where it has gone.</summary>
        public async Task<int> ReadAsync(byte[] buffer)
        {
            try
            {
                return await _stream.ReadAsync(buffer, end);
            }
            catch (IOException)
            {
                return 0;
            }
        }

        /// <summary>Says nothing more, reads what comes, until the client has gone.</summary>
        public async Task StandAsync()
        {
            var buffer = new byte[4096];
            while (await ReadAsync(buffer) > 0) { }
        }

        /// <summary>Ends it in order, wherever in a message that is.</summary>
        public async Task FinishAsync()
        {
            client.Client.Shutdown(SocketShutdown.Send);
            await StandAsync();
        }

        /// <summary>Ends it as a crash of the other side would: by a reset.</summary>
        public void Reset() => client.LingerState = new LingerOption(enable: true, seconds: 0);

        [GeneratedRegex("Sec-WebSocket-Key: (.*)\r\n", RegexOptions.IgnoreCase)]
        private static partial Regex Key();
    }
}
