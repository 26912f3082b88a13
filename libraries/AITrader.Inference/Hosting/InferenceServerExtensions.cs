using AITrader.Inference.Execution;
using AITrader.Inference.Repository;
using AITrader.Inference.Standalone;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Hosting;

/// <summary>Registers an inference server.</summary>
public static class InferenceServerExtensions
{
    /// <summary>Adds the model repository, the execution-provider ladder and the readiness of both.</summary>
    /// <param name="builder">The host; settings are read from section <see cref="InferenceOptions.Section"/>.</param>
    /// <param name="ladder">The providers to try, best first. The CPU counts only where settings allow it.</param>
    public static IHostApplicationBuilder AddInferenceServer(
        this IHostApplicationBuilder builder,
        params IReadOnlyList<ExecutionProvider> ladder
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddModelExecution(ladder);
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<InferenceOptions, InferenceOptionsValidator>().BindConfiguration(InferenceOptions.Section);
        services.AddSingleton<ModelEntryLoader>();
        services.AddSingleton<ModelPath>();
        services.AddSingleton<ModelRepository>();
        services.AddSingleton<ServerDescription>();
        services.AddSingleton<OutcomeBook>();
        services.AddSingleton<EnsembleLoader>();
        services.AddSingleton<ModelBenchmark>();
        services.AddHostedService<MemoryCeiling>();
        services.AddRequestDecompression();
        services.AddGrpc();
        services.AddSingleton<IConfigureOptions<GrpcServiceOptions>, MessageLimits>();
        services.AddHostedService<ModelWatcher>();
        services.AddHealthChecks().AddCheck<ModelHealthCheck>("models");
        return builder;
    }

    /// <summary>Adds what runs single models that the host finds by itself (<see cref="ModelOpener"/>); settings are those that the host
    /// configures in <see cref="InferenceOptions"/>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="ladder">The providers to try, best first.</param>
    public static IHostApplicationBuilder AddModelExecution(
        this IHostApplicationBuilder builder,
        params IReadOnlyList<ExecutionProvider> ladder
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfZero(ladder.Count, nameof(ladder));
        var services = builder.Services;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new LadderRungs(ladder));
        services.AddSingleton<EngineCache>();
        services.AddSingleton<ProviderLadder>();
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<InferenceMetrics>();
        services.AddSingleton(static provider => new ModelOpener(
            provider.GetRequiredService<ModelLoader>(),
            provider.GetRequiredService<InferenceMetrics>()
        ));
        return builder;
    }
}
