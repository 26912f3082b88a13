using AITrader.StrategyEngine.Circuits;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>Composition of the sentiment probe.</summary>
internal static class SentimentExtensions
{
    /// <summary>Adds the probe; <paramref name="address"/> says where the sentiment engine is.</summary>
    public static void AddSentimentProbe(this IServiceCollection services, Func<IServiceProvider, string> address)
    {
        var client = services.AddHttpClient(nameof(SentimentProbe), (provider, http) => http.BaseAddress = new Uri(address(provider)));

        // The defaults would repeat an answer of 503, which carries the report that is read, until the probe's time is over.
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("breaker", static (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.AddCircuitBreaker(Breaker(context.ServiceProvider));
        });
        services.AddSingleton(static provider => new SentimentProbe(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SentimentProbe)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SentimentProbe>>()
        ));
    }

    private static HttpCircuitBreakerStrategyOptions Breaker(IServiceProvider provider)
    {
        var limits = provider.GetRequiredService<IOptions<CircuitOptions>>().Value.Sentiment;
        var breaker = new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = limits.Failures,
            SamplingDuration = limits.Sampling,
            BreakDuration = limits.Rest,
            ShouldHandle = static call =>
                ValueTask.FromResult(call.Outcome.Exception is HttpRequestException or OperationCanceledException or IOException),
        };
        provider.GetRequiredService<CircuitStates>().Follow(breaker);
        return breaker;
    }
}
