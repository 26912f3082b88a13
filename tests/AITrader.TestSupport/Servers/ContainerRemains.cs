using System.Collections.Concurrent;
using System.Diagnostics;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace AITrader.TestSupport.Servers;

/// <summary>Containers end with the test process, however that one ends.</summary>
/// <remarks>
/// Testcontainers has a container of its own for that. Where its image is not to be had, a shell does it as it does for processes: when the
/// test process closes its end of
/// a pipe or dies, the shell removes what has this process's label.
/// </remarks>
internal static class ContainerRemains
{
    public const string Label = "aitrader.tests";

    private const string Guard = """
        trap '' INT
        read -r _
        ids=$(docker --host "$0" ps --all --quiet --filter "label=$1")
        if [ -n "$ids" ]; then docker --host "$0" rm --force --volumes $ids; fi
        """;

    // Of the version of Testcontainers that Directory.Packages.props names.
    private static readonly DockerImage Reaper = new("testcontainers/ryuk:0.14.0");

    private static readonly Dictionary<Uri, Task> Watched = [];
    private static readonly ConcurrentBag<Process> Shells = [];

    /// <summary>Of this process.</summary>
    public static string Value { get; } = ResourceReaper.DefaultSessionId.ToString("N");

    /// <summary>Sees to it for the containers of an engine, before the first of them is made.</summary>
    public static Task WatchAsync(ContainerEngine engine)
    {
        lock (Watched)
        {
            return Watched.TryGetValue(engine.Endpoint.Endpoint, out var watched)
                ? watched
                : Watched[engine.Endpoint.Endpoint] = BeginAsync(engine);
        }
    }

    private static async Task BeginAsync(ContainerEngine engine)
    {
        if (
            TestcontainersSettings.ResourceReaperEnabled
            && await engine.HasImageAsync((TestcontainersSettings.ResourceReaperImage ?? Reaper).FullName)
        )
        {
            return;
        }

        TestcontainersSettings.ResourceReaperEnabled = false;
        if (!OperatingSystem.IsWindows())
        {
            // Kept, so that its end of the pipe closes with this process and not before.
            Shells.Add(
                Process.Start(
                    new ProcessStartInfo("/bin/sh", ["-c", Guard, engine.Endpoint.Endpoint.ToString(), $"{Label}={Value}"])
                    {
                        RedirectStandardInput = true,
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                )!
            );
        }
    }
}
