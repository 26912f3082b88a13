using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace AITrader.ServiceDefaults.Identity;

/// <summary>Identifies this process; after a restart it is another instance.</summary>
/// <param name="Id">Machine and process id.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="StartedAt">When the process began (UTC).</param>
public sealed record ServiceInstance(string Id, string Version, DateTimeOffset StartedAt)
{
    /// <summary>Describes the current process.</summary>
    public static ServiceInstance Current()
    {
        using var process = Process.GetCurrentProcess();
        var program = Assembly.GetEntryAssembly();
        return new ServiceInstance(
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}"),
            program?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
            new DateTimeOffset(process.StartTime.ToUniversalTime())
        );
    }
}
