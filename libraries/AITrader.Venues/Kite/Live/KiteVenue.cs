using AITrader.Venues.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Kite.Live;

/// <summary>Kite, of which mock-mcp is a simulation.</summary>
public static class KiteVenue
{
    /// <summary>Name in settings, and source of its ticks.</summary>
    public const string Name = "kite";

    // Where the topology says that the mock exchange is.
    private const string Discovered = "services:mock-mcp:http:0";

    /// <summary>The venue.</summary>
    public static VenueDefinition Definition { get; } = new(Name, Add);

    private static void Add(IHostApplicationBuilder builder)
    {
        var discovered = builder.Configuration[Discovered];
        builder.Services.AddSingleton<IValidateOptions<KiteFeedOptions>, KiteFeedOptionsValidator>();
        builder
            .Services.AddOptions<KiteFeedOptions>()
            .BindConfiguration(KiteFeedOptions.Section)
            .PostConfigure(options => options.Complete(discovered))
            .Validate(
                static options => options.Address is not null,
                "Feed:Address is missing: the root of Kite's REST API, such as https://host."
            )
            .ValidateOnStart();
        builder
            .Services.AddHttpClient(KiteFeed.Client)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton<IMarketFeed, KiteFeed>();
    }
}
