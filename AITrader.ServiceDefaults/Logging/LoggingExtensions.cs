using AITrader.ServiceDefaults.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AITrader.ServiceDefaults.Logging;

internal static class LoggingExtensions
{
    // A secret setting whose name does not match the pattern of secret names.
    private const string ServiceKey = "ServiceAuth:Key";

    // The lowest precedence, so that appsettings, the environment and arguments override these.
    private static readonly Dictionary<string, string?> QuietLevels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:AITrader.ServiceDefaults.ServiceAuth"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Error",
        // The client logs each step of a connection; the loops log when Redis is gone and when it is back.
        ["Logging:LogLevel:StackExchange.Redis"] = "Warning",
        // Each probe of a dead dependency would log it again: the probe's answer and the loop that failed say it.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    public static void AddJsonLogs(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLevels });
        SecretScrub.Remember(SecretsOf(builder.Configuration));
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(static console => console.FormatterName = JsonLineFormatter.FormatterName);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ConsoleFormatter, JsonLineFormatter>());
    }

    // Of all sections, those of libraries and the environment's own included.
    private static IEnumerable<string?> SecretsOf(IConfiguration configuration) =>
        configuration
            .AsEnumerable()
            .Select(static setting =>
                setting.Key == ServiceKey || SecretScrub.IsSecretName(ConfigurationPath.GetSectionKey(setting.Key))
                    ? setting.Value
                    : SecretScrub.PasswordIn(setting.Value)
            );
}
