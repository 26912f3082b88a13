using System.Net;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Feed;
using AITrader.MarketData.Feed.Binance;
using AITrader.MarketData.Feed.Kite;
using AITrader.MarketData.OrderBooks;
using AITrader.MarketData.Replay;
using AITrader.MarketData.Store;
using AITrader.Messaging.Hosting;
using AITrader.ServiceDefaults;
using AITrader.Storage;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData;

/// <summary>The service's table of contents: what it registers and what it exposes.</summary>
internal static class MarketDataHostExtensions
{
    public static IHostApplicationBuilder AddMarketData(this IHostApplicationBuilder builder)
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
        builder.Services.AddSingleton<MarketCaches>();
        builder.Services.AddHostedService<CacheLoop>();
        if (builder.Configuration.GetValue($"{FeedOptions.Section}:{nameof(FeedOptions.Enabled)}", defaultValue: true))
        {
            builder.AddFeed();
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
        builder.Services.AddSingleton<ReplayRuns>();
        builder.Services.AddSingleton<ReplayOutlet>();
        builder.Services.AddSingleton<StageWatch>();
        builder.Services.AddSingleton<ReplayPlayer>();
        builder.Services.AddHostedService<ReplayLoop>();
    }

    private static void AddFeed(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<FeedOptions>, FeedLimitsValidator>();
        builder.Services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<LiveSequence>();
        builder.Services.AddSingleton<LivePublisher>();
        builder.Services.AddSingleton<TickQueue>();
        builder.Services.AddSingleton<FeedState>();
        builder.Services.AddSingleton<SilenceGuard>();
        builder.Services.AddSingleton<EarlierTicks>();
        if (builder.Configuration[$"{FeedOptions.Section}:{nameof(FeedOptions.Kind)}"] == FeedOptions.Binance)
        {
            builder.AddBinanceFeed();
        }
        else
        {
            builder.AddKiteFeed();
        }

        builder.Services.AddHostedService<FeedLoop>();
        builder.Services.AddHealthChecks().AddCheck<FeedCheck>("feed");
    }

    private static void AddKiteFeed(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(static services =>
            FeedAddress.From(services.GetRequiredService<IOptions<FeedOptions>>().Value, services.GetRequiredService<IConfiguration>())
        );
        builder
            .Services.AddHttpClient(KiteFeed.Client)
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddSingleton<IMarketFeed, KiteFeed>();
    }

    private static void AddBinanceFeed(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<BinanceOptions>, BinanceOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<BinanceOptions>, BinanceNamesValidator>();
        builder.Services.AddOptions<BinanceOptions>().BindConfiguration(BinanceOptions.Section).ValidateOnStart();
        var rest = builder.Services.AddHttpClient(BinanceRest.Client);
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        rest.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001

        // Who asks again after a 429 is banned.
        rest.AddStandardResilienceHandler(static standard =>
            standard.Retry.ShouldHandle = static outcome =>
                ValueTask.FromResult(
                    HttpClientResiliencePredicates.IsTransient(outcome.Outcome)
                        && outcome.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests
                )
        );
        builder.Services.AddSingleton(static services => new BinanceVenue(services.GetRequiredService<IOptions<BinanceOptions>>().Value));
        builder.Services.AddSingleton<BinanceRest>();
        builder.Services.AddSingleton<BookKeeper>();
        builder.Services.AddSingleton<IMarketFeed, BinanceFeed>();
    }

    // Batches of a thousand and more, or what 20 ms bring: single rows cost PostgreSQL ten times as much.
    private static void AddTickStore(this IHostApplicationBuilder builder) =>
        builder.AddStreamConsumer<Tick, TickStoreHandler>(ConsumerGroups.Audit, static consumer =>
        {
            consumer.MaxBatch = 5000;
            consumer.MaxDelay = TimeSpan.FromMilliseconds(20);
        });
}
