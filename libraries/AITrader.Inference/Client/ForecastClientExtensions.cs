using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AITrader.Inference.Client;

/// <summary>Registers the forecast client.</summary>
public static class ForecastClientExtensions
{
    // Never requested: the routes of the race replace it.
    private static readonly Uri Placeholder = new("http://runners");

    /// <summary>Adds <see cref="IForecaster"/>, configured by section <see cref="ForecastClientOptions.Section"/>.</summary>
    /// <exception cref="OptionsValidationException">A setting is not valid.</exception>
    /// <returns>The client's builder, e.g. to add a token to its requests.</returns>
    public static IHttpClientBuilder AddForecastClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ThrowIfInvalid(builder.Configuration);
        var services = builder.Services;
        services
            .AddOptionsWithValidateOnStart<ForecastClientOptions, ForecastClientOptionsValidator>()
            .BindConfiguration(ForecastClientOptions.Section);
        AddRace(services);

        // A typed client in a singleton keeps its handler, so the handler must not expire; connections are renewed by their lifetime.
        var client = services
            .AddHttpClient<IForecaster, HttpForecaster>(static http => http.BaseAddress = Placeholder)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler
                {
                    UseCookies = false,
                    AllowAutoRedirect = false,
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            );

        // The defaults add retries, which would only repeat the whole race.
#pragma warning disable EXTEXP0001 // The documented way to be rid of handlers that defaults added.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddStandardHedgingHandler(static routing => routing.ConfigureOrderedGroups(Route)).Configure(ConfigureRace);
        client.AddHttpMessageHandler<RaceHandler>();

        // After the race handler, because its routes replace the address after the service discovery of the defaults has run.
        services.AddServiceDiscovery();
        return client.AddServiceDiscovery();
    }

    private static void AddRace(IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Runners>();
        services.TryAddSingleton<RaceMetrics>();
        services.TryAddSingleton<RaceSampler>();
        services.TryAddSingleton<HedgeDelay>();
        services.TryAddTransient<RaceHandler>();
    }

    // Three sets of options depend on these settings; when validated here, a mistake is reported once.
    private static void ThrowIfInvalid(IConfiguration configuration)
    {
        var options = configuration.GetSection(ForecastClientOptions.Section).Get<ForecastClientOptions>() ?? new ForecastClientOptions();
        if (new ForecastClientOptionsValidator().Validate(name: null, options) is { Failed: true } invalid)
        {
            throw new OptionsValidationException(ForecastClientOptions.Section, typeof(ForecastClientOptions), invalid.Failures);
        }
    }

    private static void Route(OrderedGroupsRoutingOptions routing, IServiceProvider services)
    {
        foreach (var runner in services.GetRequiredService<Runners>().InOrder)
        {
            routing.Groups.Add(new UriEndpointGroup { Endpoints = { new WeightedUriEndpoint { Uri = runner.Address } } });
        }
    }

    private static void ConfigureRace(HttpStandardHedgingResilienceOptions race, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ForecastClientOptions>>().Value;
        var delay = services.GetRequiredService<HedgeDelay>();
        race.Hedging.MaxHedgedAttempts = 1;

        race.Hedging.DelayGenerator = _ => ValueTask.FromResult(delay.Next);
        race.Hedging.ShouldHandle = static outcome => ValueTask.FromResult(IsNoAnswer(outcome.Outcome, outcome.Context.CancellationToken));
        race.Endpoint.Timeout.Timeout = options.AttemptTimeout;
        race.Endpoint.CircuitBreaker.SamplingDuration = Longer(options.AttemptTimeout * 2, options.BreakerSampling);

        // One breaker for each runner. The package's least number of calls is made for busy services; signals are rare.
        race.Endpoint.CircuitBreaker.MinimumThroughput = options.BreakerCalls;
        race.Endpoint.CircuitBreaker.FailureRatio = options.BreakerRatio;
        race.Endpoint.CircuitBreaker.BreakDuration = options.BreakerRest;
        race.TotalRequestTimeout.Timeout = (options.AttemptTimeout * 2) + Longer(options.Delay, TimeSpan.Zero);
    }

    // The caller's own cancellation is no reason to ask elsewhere, and a 400 is the caller's own fault. Everything else
    // is: also a 404, since one runner may lack a model that the other has.
    private static bool IsNoAnswer(Outcome<HttpResponseMessage> outcome, CancellationToken cancellationToken) =>
        outcome switch
        {
            { Exception: HttpRequestException or TimeoutRejectedException or BrokenCircuitException } => true,
            { Exception: OperationCanceledException } => !cancellationToken.IsCancellationRequested,
            { Result: { } response } => !response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.BadRequest,
            _ => false,
        };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
