using System.Net.NetworkInformation;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;

namespace AITrader.Cli.Machine;

/// <summary>The fixed ports of a system that runs on one machine.</summary>
internal static class Ports
{
    private static readonly int[] Fixed = [5432, 6379, 8000, 8001, 8002, 8003, 8004, 8005, 8006, 8007, 8011, 8017, 8080, 9000, 9001];

    /// <summary>The fixed ports on which something listens.</summary>
    public static IReadOnlyList<int> FindBusy(bool hasCertificate)
    {
        var busy = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(static listener => listener.Port).ToHashSet();
        return [.. Fixed.Concat(HostEnvironment.PortsOf(hasCertificate)).Where(busy.Contains).Order()];
    }

    /// <summary>Refuses to go on where a fixed port is in use.</summary>
    public static void RequireFree(bool hasCertificate)
    {
        if (FindBusy(hasCertificate) is { Count: > 0 } busy)
        {
            throw new Refusal(
                $"something else uses these ports: {string.Join(", ", busy)}. `ss -ltnp` shows what it is; `--free-ports` takes others."
            );
        }
    }
}
