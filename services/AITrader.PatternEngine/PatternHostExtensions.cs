using AITrader.Contracts;
using AITrader.Messaging.Hosting;
using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Diagnostics;
using AITrader.PatternEngine.Engine;
using AITrader.PatternEngine.Patterns;
using AITrader.ServiceDefaults;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine;

/// <summary>The service's table of contents: what it registers.</summary>
internal static class PatternHostExtensions
{
    public static IHostApplicationBuilder AddPatternEngine(this IHostApplicationBuilder builder)
    {
        builder.Configuration.RequireConnectionString("redis");
        builder.Services.AddSingleton<IValidateOptions<PatternOptions>, PatternOptionsValidator>();
        builder
            .Services.AddOptions<PatternOptions>()
            .BindConfiguration(PatternOptions.Section)
            .Configure<IConfiguration>(
                static (options, configuration) => options.Tree = PatternTree.Read(configuration.GetSection(PatternOptions.Section))
            )
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        builder.Services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateOnStart();
        builder.AddMessaging(commands: CommandTracing.Off);
        builder.Services.AddSingleton<PatternMetrics>();
        builder.Services.AddSingleton(static services =>
            services
                .GetRequiredService<IOptions<EngineOptions>>()
                .Value.ToSettings(
                    services
                        .GetRequiredService<IOptions<ClassifierOptions>>()
                        .Value.ApplyTo(services.GetRequiredService<IOptions<PatternOptions>>().Value.ToSettings())
                )
        );
        builder.Services.AddClassifier(static client => client.AddServiceToken("onnx-runner"));
        builder.Services.AddHealthChecks().AddCheck<PatternsCheck>("patterns");
        foreach (var lane in Lane.All)
        {
            builder.Services.AddKeyedSingleton(lane, static (services, key) =>
                ActivatorUtilities.CreateInstance<EngineStore>(services, (Lane)key!)
            );
            builder.Services.AddSingleton<IHostedService>(services =>
                ActivatorUtilities.CreateInstance<PatternLoop>(services, lane, services.GetRequiredKeyedService<EngineStore>(lane))
            );
        }

        return builder;
    }
}
