using AITrader.StrategyEngine.Circuits;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.StrategyEngine.Broker;

/// <summary>Composition of the account at the broker.</summary>
internal static class BrokerExtensions
{
    public static void AddBrokerAccount(this IServiceCollection services)
    {
        services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerOptionsValidator>();
        var http = services.AddHttpClient(BrokerTools.Client, static http => http.Timeout = Timeout.InfiniteTimeSpan);

        // The stream of a session stays open, and a call is not repeated by itself.
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddSingleton<BrokerBoard>();
        services.AddSingleton<BrokerTools>();
        services.AddSingleton(Breaker);
        services.AddHostedService<BrokerService>();
        services.AddHealthChecks().AddCheck<BrokerCheck>("broker");
    }

    private static ResiliencePipeline<BrokerReading> Breaker(IServiceProvider provider)
    {
        var breaker = provider
            .GetRequiredService<IOptions<CircuitOptions>>()
            .Value.Broker.ToBreaker<BrokerReading>(static reading => reading.IsFailure);
        provider
            .GetRequiredService<CircuitStates>()
            .Follow(breaker, new Uri(provider.GetRequiredService<IOptions<BrokerOptions>>().Value.Endpoint).Host);
        return new ResiliencePipelineBuilder<BrokerReading> { TimeProvider = provider.GetRequiredService<TimeProvider>() }
            .AddCircuitBreaker(breaker)
            .Build();
    }
}
