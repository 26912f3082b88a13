using System.Globalization;
using AITrader.Markets.Formats;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Where a market of the venue keeps its streams and answers, and how much it gives at once.</summary>
/// <remarks>Source: Binance's documentation, "WebSocket Streams", "Order Book", "Recent Trades List" and "Old Trades Lookup" of spot, USDT-M and COIN-M.</remarks>
internal sealed class BinanceVenue(BinanceOptions options)
{
    /// <summary>Most trades in one answer.</summary>
    public const int TradesPage = 500;

    private readonly string _root = options.Market switch
    {
        BinanceOptions.Spot => "api/v3",
        BinanceOptions.CoinMargined => "dapi/v1",
        _ => "fapi/v1",
    };

    public bool IsSpot => options.Market == BinanceOptions.Spot;

    /// <summary>One address for all streams of these symbols.</summary>
    public Uri Stream(IEnumerable<string> symbols) => new(options.Stream!, $"stream?streams={string.Join('/', symbols.SelectMany(Streams))}");

    /// <summary>A request to subscribe to a symbol, or to end that: <c>SUBSCRIBE</c>, <c>UNSUBSCRIBE</c>.</summary>
    public string Request(string method, string symbol, long id) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"method":"{{method}}","params":["{{string.Join("\",\"", Streams(symbol))}}"],"id":{{id}}}""");

    public string Snapshot(string symbol) => $"{_root}/depth?symbol={symbol}&limit={(IsSpot ? 5000 : 1000)}";

    public string Trades(string symbol, long from) => string.Create(CultureInfo.InvariantCulture, $"{_root}/historicalTrades?symbol={symbol}&fromId={from}&limit={TradesPage}");

    public string NewestTrade(string symbol) => $"{_root}/trades?symbol={symbol}&limit=1";

    /// <summary>The symbol's name on our ticks.</summary>
    public string NameOf(string symbol) => BinanceStreamDecoder.NameOf(symbol, IsSpot);

    private IEnumerable<string> Streams(string symbol)
    {
#pragma warning disable CA1308 // The venue spells its streams in lower case.
        var name = symbol.ToLowerInvariant();
#pragma warning restore CA1308
        return [$"{name}@depth@{options.DepthInterval}", $"{name}@bookTicker", $"{name}@trade"];
    }
}
