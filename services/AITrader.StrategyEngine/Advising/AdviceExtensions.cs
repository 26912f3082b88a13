using AITrader.Advice.Advisers;
using AITrader.Advice.Clients;
using AITrader.StrategyEngine.Circuits;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Polly;

namespace AITrader.StrategyEngine.Advising;

/// <summary>Composition of advice.</summary>
internal static class AdviceExtensions
{
    private const string Client = "advice";

    public static void AddAdvice(this IServiceCollection services)
    {
        services.AddOptions<AdviceOptions>().BindConfiguration(AdviceOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdviceOptions>, AdviceOptionsValidator>();
        var http = services
            .AddHttpClient(Client, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler
                {
                    UseCookies = false,
                    AllowAutoRedirect = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            );

        // The defaults would repeat a question that costs tokens.
#pragma warning disable EXTEXP0001 // Experimental in the package: the only way to leave the defaults' handler out.
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        services.AddSingleton<IChatClient>(static provider =>
            ChatClients.Create(
                provider.GetRequiredService<IOptions<AdviceOptions>>().Value.Endpoint,
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client)
            )
        );
        services.AddSingleton<ITokenBudget, StoredBudget>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<AdviceOptions>>().Value.Limits);
        services.AddSingleton<Adviser>();
        services.AddSingleton<Passages>();
        services.AddSingleton(Breaker);
        services.AddSingleton<AdviceMetrics>().AddSingleton<AdviceDesk>();
    }

    private static ResiliencePipeline<AdviceStep> Breaker(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AdviceOptions>>().Value;
        var breaker = provider
            .GetRequiredService<IOptions<CircuitOptions>>()
            .Value.Advice.ToBreaker<AdviceStep>(static step => step.IsFailure);
        provider.GetRequiredService<CircuitStates>().Follow(breaker, options.Endpoint.BaseUrl.Host);
        return new ResiliencePipelineBuilder<AdviceStep> { TimeProvider = provider.GetRequiredService<TimeProvider>() }
            .AddCircuitBreaker(breaker)
            .Build();
    }
}
