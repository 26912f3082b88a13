using Microsoft.Extensions.Configuration;

namespace AITrader.AppHost.Settings;

/// <summary>Passes settings of a service on that were given to the host, on its command line or in its environment:
/// <c>--Patterns:Enabled=ema_cross,breakout</c>, <c>Feed__Kind=binance</c>.</summary>
internal static class SettingsExtensions
{
    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> service,
        IConfiguration configuration,
        string section
    )
    {
        foreach (var (key, value) in configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null)
            {
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return service;
    }
}
