using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Live;
using AITrader.MarketData.OrderBooks;
using AITrader.MarketData.Replay;
using AITrader.MarketData.TickStore;
using AITrader.Messaging.Hosting;
using AITrader.ServiceDefaults;
using AITrader.Storage;
using AITrader.Venues.Binance;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Live;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData;

/// <summary>The service's table of contents: what it registers and what it exposes.</summary>
internal static class MarketDataHostExtensions
{
    /// <summary>The venues that can be followed, the default first.</summary>
    public static IReadOnlyList<VenueDefinition> Venues { get; } = [KiteVenue.Definition, BinanceVenue.Definition];

    public static IHostApplicationBuilder AddMarketData(this IHostApplicationBuilder builder) => builder.AddMarketData(Venues);

    public static IHostApplicationBuilder AddMarketData(this IHostApplicationBuilder builder, IReadOnlyList<VenueDefinition> venues)
    {
        builder.Configuration.RequireConnectionString("redis");
        builder.Configuration.RequireConnectionString("aitrader");
        builder.AddMessaging(commands: CommandTracing.Off);
        builder.AddStorage();
        builder.Services.AddSingleton<MarketDataMetrics>();
        builder.Services.ConfigureHttpJsonOptions(static json =>
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower
        );
        builder.AddReplay();
        builder.AddTickStore();
        builder.AddBooks();
        if (builder.Configuration.GetValue($"{FeedOptions.Section}:{nameof(FeedOptions.Enabled)}", defaultValue: true))
        {
            builder.AddFeed(venues);
        }

        return builder;
    }

    public static IEndpointRouteBuilder MapMarketDataApi(this IEndpointRouteBuilder routes)
    {
        routes.MapReplay();
        if (routes.ServiceProvider.GetService<FeedState>() is not null)
        {
            routes.MapFeed();
        }

        return routes;
    }

    private static void AddReplay(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ReplayOptions>, ReplayOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ReplayOptions>, ReplaySpeedValidator>();
        builder.Services.AddOptions<ReplayOptions>().BindConfiguration(ReplayOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton(static services => DataSets.From(services.GetRequiredService<IOptions<ReplayOptions>>().Value));
        builder.Services.AddSingleton<ContentLoader>();
        builder.Services.AddSingleton<ReplayControl>();
        builder.Services.AddSingleton<ReplayCommands>();
        builder.Services.AddSingleton<ReplayAnswers>();
        builder.Services.AddSingleton<ReplayStatus>();
        builder.Services.AddSingleton<ReplayRequests>();
        builder.Services.AddSingleton(static services =>
            ActivatorUtilities.CreateInstance<ReplayOutlet>(services, services.GetRequiredKeyedService<LaneMarkets>(Lane.Replays).Caches)
        );
        builder.Services.AddSingleton<StageWatch>();
        builder.Services.AddSingleton<ReplayPlayer>();
        builder.Services.AddHostedService<ReplayLoop>();
    }

    // Batches of a thousand and more, or what 20 ms bring: single rows cost PostgreSQL ten times as much.
    private static void AddTickStore(this IHostApplicationBuilder builder) =>
        builder.AddStreamConsumers<Tick, TickStoreHandler>(ConsumerGroups.Audit, static consumer =>
        {
            consumer.MaxBatch = 5000;
            consumer.MaxDelay = TimeSpan.FromMilliseconds(20);
        });
}
