using System.ComponentModel;
using System.Diagnostics;

namespace AITrader.AppHost;

/// <summary>What this machine can offer a container that wants a GPU.</summary>
internal static class Accelerators
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly string[] Runtimes = ["docker", "podman"];

    public static bool HasNvidiaGpu() => File.Exists("/dev/nvidia0") || Directory.Exists("/dev/dxg");

    /// <summary>Whether a runtime is installed and its daemon answers; an installed client alone starts no container.</summary>
    public static bool HasContainerRuntime() => Array.Exists(Runtimes, Answers);

    private static bool Answers(string runtime)
    {
        try
        {
            var question = new ProcessStartInfo(runtime, ["version", "--format", "{{.Server.Version}}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(question);
            return process is not null && process.WaitForExit(Patience) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
