using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>Listens on the public port of a resource with several replicas and gives each connection to the next one that answers.</summary>
internal sealed class TcpBalancer : IDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly IReadOnlyList<AllocatedEndpoint> _replicas;
    private readonly CancellationTokenSource _stopping = new();
    private int _next = -1;

    private TcpBalancer(IReadOnlyList<AllocatedEndpoint> replicas) => _replicas = replicas;

    public static TcpBalancer Start(int port, IReadOnlyList<AllocatedEndpoint> replicas)
    {
        var balancer = new TcpBalancer(replicas);
        foreach (var address in Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : new[] { IPAddress.Loopback })
        {
            var listener = new TcpListener(address, port);
            listener.Start();
            balancer._listeners.Add(listener);
            _ = balancer.AcceptAsync(listener);
        }

        return balancer;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _listeners.ForEach(l => l.Dispose());
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The host stops.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                // Nobody answers: the client sees its connection closed, as with a single process that is down.
                using var server = await ConnectAsync();
                if (server is not null)
                {
                    client.NoDelay = server.NoDelay = true;
                    await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
                }
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side hung up.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var attempt = 0; attempt < _replicas.Count; attempt++)
        {
            var replica = _replicas[(int)((uint)Interlocked.Increment(ref _next) % _replicas.Count)];
            var server = new TcpClient();
            try
            {
                await server.ConnectAsync(replica.Address, replica.Port, _stopping.Token);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }

        return null;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream(), _stopping.Token);
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
