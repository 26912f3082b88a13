using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Circuits;

/// <summary>Composition of what reports circuit breakers.</summary>
internal static class CircuitExtensions
{
    public static void AddCircuits(this IServiceCollection services)
    {
        services.AddOptions<CircuitOptions>().BindConfiguration(CircuitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CircuitOptions>, CircuitOptionsValidator>();
        services.AddSingleton<CircuitStates>();
        services.AddSingleton<IPostConfigureOptions<HttpStandardHedgingResilienceOptions>, RaceCircuits>();
        services.AddHealthChecks().AddCheck<CircuitCheck>("circuits");
    }

    // The forecast client brings its own breakers, one for each runner.
    private sealed class RaceCircuits(CircuitStates circuits) : IPostConfigureOptions<HttpStandardHedgingResilienceOptions>
    {
        public void PostConfigure(string? name, HttpStandardHedgingResilienceOptions options) =>
            circuits.Follow(options.Endpoint.CircuitBreaker);
    }
}
