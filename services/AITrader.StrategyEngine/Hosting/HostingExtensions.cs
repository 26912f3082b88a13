using System.Text.Json;
using AITrader.Contracts;
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
        services.AddSingleton<HostedReports>();
        foreach (var lane in Lane.All)
        {
            services.AddKeyedSingleton(lane, (provider, _) => HostingLane.Create(provider, lane));
            services.AddSingleton(provider => provider.GetRequiredKeyedService<HostingLane>(lane));
            services.AddSingleton<IHostedService>(provider =>
                ActivatorUtilities.CreateInstance<HostingService>(provider, provider.GetRequiredKeyedService<HostingLane>(lane))
            );
        }

        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddHealthChecks().AddCheck<HostingCheck>("strategies");
    }
}
