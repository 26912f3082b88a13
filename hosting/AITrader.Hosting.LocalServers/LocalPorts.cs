using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace AITrader.Hosting.LocalServers;

/// <summary>The port on which a local server listens itself: a proxy in between would add its time to each message of the bus.</summary>
internal static class LocalPorts
{
    // What Aspire's test host sets, so that systems under test do not meet.
    private const string RandomizeSetting = "DcpPublisher:RandomizePorts";

    private const string FixedSetting = "Ports:Fixed";

    public static int Choose(IDistributedApplicationBuilder builder, int? port) =>
        port is { } given && builder.Configuration.GetValue(FixedSetting, true) && !builder.Configuration.GetValue(RandomizeSetting, false)
            ? given
            : Free();

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
