using AITrader.Contracts;
using AITrader.MarketData.Caches;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.OrderBooks;

internal static class BookHostExtensions
{
    /// <summary>Readings and books of the feed and of replays, published to the cache and the monitor.</summary>
    public static void AddBooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BookOptions>().BindConfiguration(BookOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BookOptions>, BookOptionsValidator>();
        builder.Services.AddSingleton<BookPublisher>();
        builder.Services.AddSingleton<MarketCaches>();
        foreach (var lane in Lane.All)
        {
            builder.Services.AddKeyedSingleton(lane, (services, _) => MarketsOf(services, lane));
            builder.Services.AddSingleton<IHostedService>(services =>
                ActivatorUtilities.CreateInstance<CacheLoop>(services, lane, services.GetRequiredKeyedService<LaneMarkets>(lane).Caches)
            );
            builder.AddLoop<BookLoop>(lane);
            builder.AddLoop<QuoteLoop>(lane);
        }

        builder.Services.AddSingleton<IHostedService>(static services =>
            ActivatorUtilities.CreateInstance<DepthLoop>(services, services.GetRequiredKeyedService<LaneMarkets>(Lane.Replays).Books)
        );
    }

    private static LaneMarkets MarketsOf(IServiceProvider services, Lane lane) =>
        lane.IsReplay
            ? new LaneMarkets(lane, new MarketCaches(), ActivatorUtilities.CreateInstance<BookPublisher>(services))
            : new LaneMarkets(lane, services.GetRequiredService<MarketCaches>(), services.GetRequiredService<BookPublisher>());

    private static void AddLoop<T>(this IHostApplicationBuilder builder, Lane lane)
        where T : class, IHostedService =>
        builder.Services.AddSingleton<IHostedService>(services =>
            ActivatorUtilities.CreateInstance<T>(services, services.GetRequiredKeyedService<LaneMarkets>(lane))
        );
}
