using AITrader.FinBertServer.Models;
using AITrader.FinBertServer.Prediction;
using AITrader.Inference.Execution;
using AITrader.Inference.Hosting;
using AITrader.ServiceDefaults.Health;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer;

internal static class FinBertHostExtensions
{
    public static void AddFinBert(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FinBertOptions>().BindConfiguration(FinBertOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FinBertOptions>, FinBertOptionsValidator>();
        builder
            .Services.AddOptions<InferenceOptions>()
            .Configure<IOptions<FinBertOptions>>(static (inference, own) => own.Value.ApplyTo(inference));
        builder.AddModelExecution(ExecutionProvider.Cpu);
        builder.Services.AddSingleton<ModelSearch>();
        builder.Services.AddSingleton<TextModelLoader>();
        builder.Services.AddSingleton<InstalledModels>();
        builder.Services.AddHostedService<ModelWatch>();
        builder.Services.AddHealthChecks().AddCheck<ModelCheck>("model", tags: [HealthTags.Ready]);
    }

    public static void MapFinBertApi(this IEndpointRouteBuilder routes) => routes.MapPrediction();
}
