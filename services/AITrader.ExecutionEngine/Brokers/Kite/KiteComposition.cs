using AITrader.Domain.Brokers;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Venues.Kite.Orders;
using AITrader.Venues.Kite.Rest;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Kite;

/// <summary>Registers Kite as the broker.</summary>
internal static class KiteComposition
{
    // Where the topology says that the mock exchange is.
    private const string Discovered = "services:mock-mcp:http:0";

    public static void AddKite(this IHostApplicationBuilder builder)
    {
        var discovered = builder.Configuration[Discovered];
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<KiteOptions>, KiteOptionsValidator>();
        services
            .AddOptions<KiteOptions>()
            .BindConfiguration(KiteOptions.Section)
            .PostConfigure(options => options.Complete(discovered))
            .Validate(
                static options => options.Address is not null,
                "Kite:Address is missing: the root of Kite's REST API, such as https://api.kite.trade."
            )
            .ValidateOnStart();

        // Nothing is sent twice by the client: no retries, no hedging, no redirects; the connection is pooled for the whole day.
        services.AddSingleton(static provider => new KiteLine(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = provider.GetRequiredService<IOptions<KiteOptions>>().Value.Address,
                Timeout = Timeout.InfiniteTimeSpan,
            }
        ));
        services.AddSingleton(static provider => new KiteClient(provider.GetRequiredService<KiteLine>().Http));
        services.AddSingleton<KiteSignIn>();
        services.AddSingleton(static provider => new KiteSessions(provider.GetRequiredService<KiteSignIn>().SignInAsync));
        services.AddSingleton<IBroker>(static provider => new KiteBroker(
            new KiteOrderClient(provider.GetRequiredService<KiteLine>().Http),
            provider.GetRequiredService<KiteSessions>(),
            provider.GetRequiredService<IOptions<KiteOptions>>().Value.ForOrders(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<IBrokerUpdates, KiteUpdates>();
        services.AddSingleton<KitePostbacks>();
    }

    private sealed class KiteLine(HttpClient http) : IDisposable
    {
        public HttpClient Http => http;

        public void Dispose() => http.Dispose();
    }
}
