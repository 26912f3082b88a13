using System.Net;
using System.Net.Sockets;

namespace AITrader.Cli.Network;

/// <summary>Looks for a port of this machine on which nothing listens.</summary>
internal static class FreePort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
