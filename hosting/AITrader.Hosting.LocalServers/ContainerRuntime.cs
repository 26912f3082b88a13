using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace AITrader.Hosting.LocalServers;

/// <summary>Whether servers run in containers or as processes of this machine.</summary>
/// <remarks>Setting <c>LocalServers:Mode</c>: <c>auto</c> (containers where a runtime answers), <c>containers</c> or
/// <c>processes</c>.</remarks>
public static class ContainerRuntime
{
    /// <summary>The setting that decides, and its three values.</summary>
    public const string ModeSetting = "LocalServers:Mode";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);
    private static readonly string[] Runtimes = ["docker", "podman"];
    private static readonly Lazy<bool> Found = new(static () => Array.Exists(Runtimes, Answers));

    /// <summary>Whether a runtime is installed and its daemon answers; an installed client alone starts no container.</summary>
    public static bool IsAvailable => Found.Value;

    /// <summary>True when publishing, and in run mode where the setting or this machine says so.</summary>
    /// <exception cref="DistributedApplicationException">The setting has another value.</exception>
    public static bool UsesContainers(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ExecutionContext.IsPublishMode
            || builder.Configuration.GetValue(ModeSetting, "auto") switch
            {
                "auto" => IsAvailable,
                "containers" => true,
                "processes" => false,
                var other => throw new DistributedApplicationException(
                    $"{ModeSetting} is '{other}'; it can be auto, containers or processes."
                ),
            };
    }

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
            return process is not null && process.WaitForExit(AnswerTimeout) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
