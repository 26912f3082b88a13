using System.Globalization;
using AITrader.Formats.Binance;

namespace AITrader.Venues.Binance;

/// <summary>Where a market of the venue keeps its streams and answers, and how much it gives and takes at once.</summary>
/// <remarks>
/// Sources: Binance's documentation, "WebSocket Streams", "Limits", "Order Book", "Recent Trades List" and "Old Trades Lookup" of spot,
/// USDT-M and COIN-M. What it does not say was measured by others: an
/// address holds 8004 characters (unicorn-binance-websocket-api 17), a message to it 4096 bytes, above which it hangs
/// (binance-connector-rust 27), and of five messages a second, its own pongs
/// included, two are safe.
/// </remarks>
internal sealed class BinanceMarket(BinanceOptions options)
{
    /// <summary>Most trades in one answer.</summary>
    public const int TradesPage = 500;

    /// <summary>Control messages a second on one connection: the venue counts five, with pings and pongs, and ten for futures.</summary>
    public const double MessagesPerSecond = 2;

    /// <summary>Connections that may be opened at once, and how many a second after that: the venue allows an address 300 in five
    /// minutes.</summary>
    public const double ConnectsAtOnce = 50;

    /// <inheritdoc cref="ConnectsAtOnce"/>
    public const double ConnectsPerSecond = 0.75;

    private const int MaxAddressLength = 8_000;
    private const int MaxMessageLength = 4_000;
    private const int StreamsOfSymbol = 3;

    private readonly string _root = options.Market switch
    {
        BinanceOptions.Spot => "api/v3",
        BinanceOptions.CoinMargined => "dapi/v1",
        _ => "fapi/v1",
    };

    public bool IsSpot => options.Market == BinanceOptions.Spot;

    /// <summary>Request weight that the venue allows an address in a minute.</summary>
    public int WeightPerMinute => IsSpot ? 6_000 : 2_400;

    /// <summary>Weight of a snapshot of an order book.</summary>
    public int SnapshotWeight => IsSpot ? 250 : 20;

    /// <summary>Weight of a page of old trades.</summary>
    public int TradesWeight => IsSpot ? 25 : 20;

    /// <summary>Weight of the newest trade.</summary>
    public int NewestTradeWeight => IsSpot ? 25 : 5;

    /// <summary>Most levels a side of a snapshot, beyond which diffs do not go either.</summary>
    public int SnapshotLimit => IsSpot ? 5_000 : 1_000;

    /// <summary>One address for all streams of these symbols.</summary>
    public Uri Stream(IEnumerable<string> symbols) =>
        new(options.Stream!, $"stream?streams={string.Join('/', symbols.SelectMany(Streams))}");

    /// <summary>Spreads symbols over connections, so that none has more streams, and no address more characters, than the venue
    /// takes.</summary>
    /// <returns>The places of each connection's symbols in <paramref name="symbols"/>.</returns>
    public IReadOnlyList<IReadOnlyList<int>> Split(IReadOnlyList<string> symbols)
    {
        var connections = new List<IReadOnlyList<int>>();
        var (connection, length) = (new List<int>(), 0);
        var room = MaxAddressLength - Stream([]).AbsoluteUri.Length;
        for (var symbol = 0; symbol < symbols.Count; symbol++)
        {
            var more = Streams(symbols[symbol]).Sum(static stream => stream.Length + 1);
            if (connection.Count > 0 && ((connection.Count + 1) * StreamsOfSymbol > options.StreamsPerConnection || length + more > room))
            {
                connections.Add(connection);
                (connection, length) = ([], 0);
            }

            connection.Add(symbol);
            length += more;
        }

        connections.Add(connection);
        return connections;
    }

    /// <summary>Requests to subscribe to symbols, or to end that (<c>SUBSCRIBE</c>, <c>UNSUBSCRIBE</c>), each as long as the venue
    /// takes.</summary>
    public IEnumerable<string> Requests(string method, IEnumerable<string> symbols, Func<long> number)
    {
        var (streams, length) = (new List<string>(), 0);
        foreach (var symbol in symbols)
        {
            var names = Streams(symbol).ToList();
            var more = names.Sum(static name => name.Length + 3);
            if (streams.Count > 0 && length + more > MaxMessageLength - 100)
            {
                yield return Request(method, streams, number());
                (streams, length) = ([], 0);
            }

            streams.AddRange(names);
            length += more;
        }

        if (streams.Count > 0)
        {
            yield return Request(method, streams, number());
        }
    }

    public string Snapshot(string symbol) =>
        string.Create(CultureInfo.InvariantCulture, $"{_root}/depth?symbol={symbol}&limit={SnapshotLimit}");

    public string Trades(string symbol, long from) =>
        string.Create(CultureInfo.InvariantCulture, $"{_root}/historicalTrades?symbol={symbol}&fromId={from}&limit={TradesPage}");

    public string NewestTrade(string symbol) => $"{_root}/trades?symbol={symbol}&limit=1";

    /// <summary>The symbol of our ticks for a name of the venue.</summary>
    public string SymbolOf(string symbol) => BinanceStreamDecoder.NameOf(symbol, IsSpot);

    private static string Request(string method, IEnumerable<string> streams, long id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"method":"{{method}}","params":["{{string.Join("\",\"", streams)}}"],"id":{{id}}}"""
        );

    private IEnumerable<string> Streams(string symbol)
    {
#pragma warning disable CA1308 // The venue spells its streams in lower case.
        var name = symbol.ToLowerInvariant();
#pragma warning restore CA1308
        return [$"{name}@depth@{options.DepthInterval}", $"{name}@bookTicker", $"{name}@trade"];
    }
}
