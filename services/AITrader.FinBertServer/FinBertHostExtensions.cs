using AITrader.FinBertServer.Classification;
using AITrader.FinBertServer.Models;
using AITrader.ServiceDefaults.Health;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer;

internal static class FinBertHostExtensions
{
    public static void AddFinBert(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FinBertOptions>().BindConfiguration(FinBertOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FinBertOptions>, FinBertOptionsValidator>();
        builder.Services.AddSingleton<InstalledModel>();
        builder.Services.AddHealthChecks().AddCheck<ModelCheck>("model", tags: [HealthTags.Ready]);
    }

    public static void MapFinBertApi(this IEndpointRouteBuilder routes) => routes.MapClassification();
}
