using System.Net;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace AITrader.Venues.Binance;

/// <summary>Binance: spot, USDT-margined and coin-margined futures.</summary>
public static class BinanceVenue
{
    /// <summary>Name in settings, and source of its ticks.</summary>
    public const string Name = "binance";

    /// <summary>The venue.</summary>
    public static VenueDefinition Definition { get; } = new(Name, Add);

    private static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<BinanceOptions>, BinanceOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<BinanceOptions>, BinanceNamesValidator>();
        builder.Services.AddOptions<BinanceOptions>().BindConfiguration(BinanceOptions.Section).ValidateOnStart();
        AddRestClient(builder.Services);
        builder.Services.AddSingleton(static services => new BinanceMarket(services.GetRequiredService<IOptions<BinanceOptions>>().Value));
        builder.Services.AddSingleton<BinanceRest>();
        builder.Services.AddSingleton<BookKeeper>();
        builder.Services.AddSingleton<BinanceStream>();
        builder.Services.AddSingleton<IMarketFeed, BinanceFeed>();
    }

    private static void AddRestClient(IServiceCollection services)
    {
        var rest = services.AddHttpClient(BinanceRest.Client);
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
    }
}
