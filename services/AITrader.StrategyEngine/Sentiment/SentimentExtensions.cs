using AITrader.StrategyEngine.Circuits;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace AITrader.StrategyEngine.Sentiment;

/// <summary>Composition of the sentiment probe.</summary>
internal static class SentimentExtensions
{
    // It asks every half minute: three failures in a row, and two minutes of rest.
    private const int Failures = 3;
    private static readonly TimeSpan Sampling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

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
            pipeline.AddCircuitBreaker(Breaker(context.ServiceProvider.GetRequiredService<CircuitStates>()));
        });
        services.AddSingleton(static provider => new SentimentProbe(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(SentimentProbe)),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SentimentProbe>>()
        ));
    }

    private static HttpCircuitBreakerStrategyOptions Breaker(CircuitStates circuits)
    {
        var breaker = new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 1,
            MinimumThroughput = Failures,
            SamplingDuration = Sampling,
            BreakDuration = Rest,
            ShouldHandle = static call =>
                ValueTask.FromResult(call.Outcome.Exception is HttpRequestException or OperationCanceledException or IOException),
        };
        circuits.Follow(breaker);
        return breaker;
    }
}
