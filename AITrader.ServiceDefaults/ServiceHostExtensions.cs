using AITrader.ServiceDefaults.Identity;
using AITrader.ServiceDefaults.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ServiceDefaults;

/// <summary>Runs a service and reads the settings that it cannot run without.</summary>
public static class ServiceHostExtensions
{
    /// <summary>
    /// Runs until told to stop. A port in use, a bad setting or any other failure to run is one line on standard
    /// error and exit code 1.
    /// </summary>
    public static async Task RunServiceAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var identity = host.Services.GetRequiredService<ServiceIdentity>();
        try
        {
            await host.RunAsync();
        }
#pragma warning disable CA1031 // The end of the process: whatever it was becomes one line and an exit code.
        catch (Exception failure) when (failure is not HostAbortedException)
#pragma warning restore CA1031
        {
            StartupFailure.Report(identity, failure);
            Environment.ExitCode = StartupFailure.ExitCode;
        }
    }

    /// <summary>Reads a setting that must be there.</summary>
    /// <exception cref="SettingException">It is missing or empty.</exception>
    public static string RequireSetting(this IConfiguration configuration, string path) =>
        configuration[path] is { Length: > 0 } value
            ? value
            : throw new SettingException(
                $"setting '{path}' is missing: set it in configuration or as environment variable {path.Replace(":", "__", StringComparison.Ordinal)}"
            );

    /// <summary>Reads a connection string that must be there.</summary>
    /// <exception cref="SettingException">It is missing or empty.</exception>
    public static string RequireConnectionString(this IConfiguration configuration, string name) =>
        configuration.RequireSetting($"ConnectionStrings:{name}");
}
