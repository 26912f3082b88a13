using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace AITrader.ServiceDefaults.Identity;

/// <summary>This very process: another one after a restart.</summary>
/// <param name="Id">Machine and process id.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When the process began (UTC).</param>
public sealed record ServiceInstance(string Id, string Version, DateTimeOffset StartedAt)
{
    /// <summary>Reads what the operating system and the program say of it.</summary>
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
