namespace AITrader.AppHost.Topology;

/// <summary>Finds out whether this machine has a GPU for a container.</summary>
internal static class Accelerators
{
    public static bool HasNvidiaGpu() => File.Exists("/dev/nvidia0") || Directory.Exists("/dev/dxg");
}
