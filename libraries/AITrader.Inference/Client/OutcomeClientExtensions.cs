using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.Inference.Client;

/// <summary>Registers the reporter of outcomes.</summary>
public static class OutcomeClientExtensions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Adds <see cref="IOutcomeReporter"/>; the runners are those of section
    /// <see cref="ForecastClientOptions.Section"/>.</summary>
    /// <returns>The client's builder, e.g. to add a token to its requests.</returns>
    public static IHttpClientBuilder AddOutcomeClient(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .Services.AddOptionsWithValidateOnStart<ForecastClientOptions, ForecastClientOptionsValidator>()
            .BindConfiguration(ForecastClientOptions.Section);
        builder.Services.TryAddSingleton<Runners>();

        // A typed client in a singleton keeps its handler, so the handler must not expire; connections are renewed by their lifetime.
        var client = builder
            .Services.AddHttpClient<IOutcomeReporter, HttpOutcomeReporter>(static http => http.Timeout = Limit)
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

        // Whoever reports comes again by itself; a breaker would only count what is reported seldom.
#pragma warning disable EXTEXP0001 // The documented way to be rid of handlers that defaults added.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.Services.AddServiceDiscovery();
        return client.AddServiceDiscovery();
    }
}
