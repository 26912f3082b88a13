using AITrader.MarketData.Diagnostics;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

internal static class FeedHostExtensions
{
    /// <summary>Follows the venue that <c>Feed:Kind</c> names, one of <paramref name="venues"/>; without a name the first of
    /// them.</summary>
    public static void AddFeed(this IHostApplicationBuilder builder, IReadOnlyList<VenueDefinition> venues)
    {
        var kind = builder.Configuration[$"{FeedOptions.Section}:{nameof(FeedOptions.Kind)}"];
        var venue = venues.FirstOrDefault(found => found.Name == kind) ?? venues[0];
        builder.Services.AddSingleton<IValidateOptions<FeedOptions>, FeedOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<FeedOptions>, FeedLimitsValidator>();
        builder
            .Services.AddOptions<FeedOptions>()
            .BindConfiguration(FeedOptions.Section)
            .Validate(
                options => venues.Any(found => found.Name == options.Kind),
                $"{FeedOptions.Section}:{nameof(FeedOptions.Kind)} is {string.Join(" or ", venues.Select(static found => found.Name))}."
            )
            .ValidateOnStart();
        builder.Services.AddSingleton(venue);
        builder.Services.AddSingleton<FeedMetrics>();
        builder.Services.AddSingleton<LiveSequence>();
        builder.Services.AddSingleton<LivePublisher>();
        builder.Services.AddSingleton<TickQueue>();
        builder.Services.AddSingleton<FeedState>();
        builder.Services.AddSingleton<SilenceGuard>();
        builder.Services.AddSingleton<EarlierTicks>();
        builder.Services.AddSingleton<TickIntake>();
        builder.Services.AddSingleton<FeedHealth>();
        builder.Services.AddSingleton<IFeedHost, FeedHost>();
        venue.AddFeed(builder);
        builder.Services.AddSingleton<FeedRunner>();
        builder.Services.AddHostedService<FeedLoop>();
        builder.Services.AddHealthChecks().AddCheck<FeedCheck>("feed");
    }
}
