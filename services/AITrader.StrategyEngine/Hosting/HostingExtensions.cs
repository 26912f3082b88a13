using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Composition of the hosted strategies.</summary>
internal static class HostingExtensions
{
    public static void AddHostedStrategies(this IServiceCollection services)
    {
        services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HostingOptions>, HostingOptionsValidator>();
        services.AddSingleton<IValidateOptions<HostingOptions>, HostedNamesValidator>();
        services.AddSingleton<ReplayProgress>();
        services.AddSingleton<StrategyLoader>();
        services.AddSingleton<StoredTicks>();
        services.AddSingleton<SessionTools>();
        services.AddSingleton<HostedBoard>();
        services.AddSingleton<HostedReports>();
        services.AddSingleton<HostedSessions>();
        services.AddSingleton<HostedReloads>();
        services.AddHostedService<HostingService>();
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddHealthChecks().AddCheck<HostingCheck>("strategies");
    }
}
