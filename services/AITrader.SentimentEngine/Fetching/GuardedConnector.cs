using System.Net;
using System.Net.Sockets;

namespace AITrader.SentimentEngine.Fetching;

/// <summary>Connects to the address that was checked: a name that is asked for a second time may answer with another one.</summary>
internal sealed class GuardedConnector(IReadOnlyCollection<string> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="RefusedAddressException">One of the host's addresses is not public, and the host is not allowed to have such
    /// ones.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, port, ct);
#pragma warning disable CA2000 // The stream owns it.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host, all of them checked.</summary>
    public async Task<IPAddress[]> AddressesAsync(string host, int port, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, ct);
        return allowed.Contains($"{host}:{port}", StringComparer.OrdinalIgnoreCase) || Array.TrueForAll(addresses, PublicAddresses.Contains)
            ? addresses
            : throw new RefusedAddressException(
                $"{host} is at {Array.Find(addresses, static address => !PublicAddresses.Contains(address))}, which is not a public address; "
                    + $"if that is meant, add '{host}:{port}' to {FetchOptions.Section}:{nameof(FetchOptions.AllowedPrivate)}"
            );
    }
}

/// <summary>A host is at an address that must not be asked.</summary>
internal sealed class RefusedAddressException(string message) : IOException(message);
