using AITrader.Inference.Client;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>Composition of what tells runners what came true.</summary>
internal static class OutcomeExtensions
{
    public static void AddOutcomes(this IHostApplicationBuilder builder)
    {
        builder.AddOutcomeClient().AddServiceToken("onnx-runner", "tensorrt-runner");
        var services = builder.Services;
        services.AddOptions<OutcomeOptions>().BindConfiguration(OutcomeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OutcomeOptions>, OutcomeOptionsValidator>();
        services.AddSingleton<OutcomeDesk>().AddSingleton<RealisedTrades>().AddSingleton<OutcomeReports>();
        services.AddHostedService<OutcomeService>();
    }
}
