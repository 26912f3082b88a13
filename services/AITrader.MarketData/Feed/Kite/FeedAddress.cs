using AITrader.ServiceDefaults;

namespace AITrader.MarketData.Feed.Kite;

/// <summary>Where the exchange is.</summary>
/// <param name="Rest">Root of the API.</param>
/// <param name="Ticker">The ticker.</param>
internal sealed record FeedAddress(Uri Rest, Uri Ticker)
{
    private const string Discovered = "services:mock-mcp:http:0";

    /// <exception cref="AITrader.ServiceDefaults.Startup.SettingException">Neither a setting nor the topology says where it is.</exception>
    public static FeedAddress From(FeedOptions options, IConfiguration configuration)
    {
        var rest = options.Address
            ?? new Uri(
                configuration[Discovered] is { Length: > 0 } found
                    ? found
                    : configuration.RequireSetting($"{FeedOptions.Section}:{nameof(FeedOptions.Address)}")
            );
        var ticker = options.TickerAddress ?? new UriBuilder(rest) { Scheme = rest.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        return new FeedAddress(rest, ticker);
    }
}
