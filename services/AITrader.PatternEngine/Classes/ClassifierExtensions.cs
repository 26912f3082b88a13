using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.PatternEngine.Classes;

/// <summary>Composition of the classifier.</summary>
internal static class ClassifierExtensions
{
    private const int Failures = 5;

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);

    /// <summary>Adds the classifier.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds to the client what its host knows, such as tokens.</param>
    public static void AddClassifier(this IServiceCollection services, Action<IHttpClientBuilder> configure)
    {
        services.AddSingleton<IValidateOptions<ClassifierOptions>, ClassifierOptionsValidator>();
        services.AddOptions<ClassifierOptions>().BindConfiguration(ClassifierOptions.Section).ValidateOnStart();
        services.AddSingleton<SignalClassifier>();
        var client = services.AddHttpClient(nameof(ClassifierClient), static (provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<ClassifierOptions>>().Value;
            http.BaseAddress = options.IsOn ? new Uri(options.Runner) : null;
            http.Timeout = Timeout.InfiniteTimeSpan;
        });

        // The defaults would ask again until long after a live signal has gone.
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("breaker", static (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddCircuitBreaker(Breaker(context.ServiceProvider.GetRequiredService<IOptions<ClassifierOptions>>().Value.Rest));
        });
        configure(client);
        services.AddSingleton(static provider => new ClassifierClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ClassifierClient)),
            provider.GetRequiredService<IOptions<ClassifierOptions>>()
        ));
    }

    private static HttpCircuitBreakerStrategyOptions Breaker(TimeSpan rest) =>
        new()
        {
            FailureRatio = 1,
            MinimumThroughput = Failures,
            SamplingDuration = Sampling,
            BreakDuration = rest,
        };
}
