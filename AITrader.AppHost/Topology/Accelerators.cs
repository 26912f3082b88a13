namespace AITrader.AppHost.Topology;

/// <summary>What this machine can offer a container that wants a GPU.</summary>
internal static class Accelerators
{
    public static bool HasNvidiaGpu() => File.Exists("/dev/nvidia0") || Directory.Exists("/dev/dxg");
}
