using System.Text;
using AITrader.Domain.Instruments;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests.Binance;

public sealed class BinanceStreamDecoderTests
{
    private const string Trade =
        """{"stream":"btcusdt@trade","data":{"e":"trade","E":2,"T":1723161256322,"s":"BTCUSDT","t":77,"p":"61800.30","q":"0.006","X":"MARKET","m":false}}""";

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void Reads_trades_and_quotes_of_every_market_with_numbers_and_times()
    {
        var futures = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        Assert.Equal(BinanceMessageKind.Trade, futures.Decode(Encoding.UTF8.GetBytes(Trade), 5));
        Assert.Equal(
            (77L, 1_723_161_256_322_000, 5L, 61_800_300_000_000L, 600_000L),
            (
                futures.Tick.Sequence,
                futures.Tick.SourceMicros,
                futures.Tick.ReceivedMicros,
                futures.Tick.Tick.Price.Nanos,
                futures.Tick.Tick.Size.Raw
            )
        );
        Assert.Equal("BTCUSDT", _symbols[futures.Tick.Tick.Symbol]);

        var spot = new BinanceStreamDecoder(_symbols, isSpot: true, "test");
        Assert.Equal(
            BinanceMessageKind.Quote,
            spot.Decode(
                """{"stream":"btcusdt@bookTicker","data":{"u":50,"s":"BTCUSDT","b":"61837.63","B":"3","a":"61837.64","A":"1"}}"""u8,
                6
            )
        );
        Assert.Equal((50L, 0L, "BTCUSDT-SPOT"), (spot.Tick.Sequence, spot.Tick.SourceMicros, _symbols[spot.Tick.Tick.Symbol]));
        Assert.Equal(61_837_635_000_000, spot.Tick.Tick.Price.Nanos);
    }

    [Fact]
    public void A_row_without_a_trade_keeps_its_number_and_has_no_price()
    {
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        decoder.Decode(Encoding.UTF8.GetBytes(Trade.Replace("MARKET", "NA", StringComparison.Ordinal)), 5);
        Assert.Equal((77L, 0L), (decoder.Tick.Sequence, decoder.Tick.Tick.Price.Nanos));
    }

    [Fact]
    public void Reads_depth_snapshots_and_old_trades()
    {
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        Assert.Equal(
            BinanceMessageKind.Depth,
            decoder.Decode("""{"stream":"x@depth@100ms","data":{"s":"X","U":5,"u":9,"pu":4,"b":[["1.5","2"]],"a":[]}}"""u8, 7)
        );
        Assert.Equal(
            (5L, 9L, 4L, 7L, 1),
            (
                decoder.Depth.Ids.First,
                decoder.Depth.Ids.Last,
                decoder.Depth.Ids.Previous!.Value,
                decoder.Depth.TimeMicros,
                decoder.Depth.Bids.Length
            )
        );
        decoder.DecodeSnapshot("""{"lastUpdateId":9,"bids":[["1.5","2"]],"asks":[["1.6","3"]]}"""u8);
        Assert.Equal((DepthKind.Snapshot, 9L), (decoder.Depth.Kind, decoder.Depth.Ids.Last));
        var trades = new BinanceTradeList("test").Decode(
            """[{"id":3,"price":"4.5","qty":"12","quoteQty":"48","time":1499865549590,"isBuyerMaker":true},{"id":4,"price":"4.6","qty":"1","time":1499865549591}]"""u8,
            3,
            8
        );
        Assert.Equal(
            [(3L, true, 3, 4_500_000_000L), (4L, true, 3, 4_600_000_000L)],
            trades.Select(static trade => (trade.Sequence, trade.IsFill, trade.Tick.Symbol, trade.Tick.Price.Nanos))
        );
    }

    [Theory]
    [InlineData("""{"result":null,"id":1}""", BinanceMessageKind.Answer)]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request"},"id":1}""", BinanceMessageKind.Refusal)]
    [InlineData("""{"code":2,"msg":"Invalid request"}""", BinanceMessageKind.Refusal)]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", BinanceMessageKind.Shutdown)]
    public void Knows_what_is_no_market_data(string json, BinanceMessageKind kind) =>
        Assert.Equal(kind, new BinanceStreamDecoder(_symbols, isSpot: false, "test").Decode(Encoding.UTF8.GetBytes(json), 1));

    [Theory]
    [InlineData("""{"stream":"x@trade","data":{"T":1,"s":"测试USDT","t":7,"p":"1","q":"1"}}""")]
    [InlineData("""{"stream":"x@trade","data":{"T":1,"s":"\u6d4b\u8bd5USDT","t":7,"p":"1","q":"1"}}""")]
    [InlineData("""{"stream":"x@bookTicker","data":{"u":50,"s":"测试USDT","b":"1","B":"3","a":"2","A":"1"}}""")]
    [InlineData("""{"stream":"x@depth@100ms","data":{"s":"测试USDT","U":5,"u":9,"pu":4,"b":[["1.5","2"]],"a":[]}}""")]
    public void A_symbol_outside_of_ascii_is_named_and_no_error(string json)
    {
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: true, "test");
        Assert.Equal(BinanceMessageKind.Foreign, decoder.Decode(Encoding.UTF8.GetBytes(json), 1));
        Assert.Equal(("测试USDT", 0), (decoder.Foreign, _symbols.Count));
    }

    [Fact]
    public void One_old_trade_that_makes_no_sense_costs_no_other()
    {
        var list = new BinanceTradeList("test");
        var trades = list.Decode(
            """[{"id":3,"price":"4.5","qty":"12","time":1},{"id":4,"price":"dear","qty":"1","time":1},{"price":"1","qty":"1","time":1},{"id":6,"price":"1","qty":"1","time":"soon"},{"id":7,"price":"4.7","qty":"1","time":2}]"""u8,
            0,
            8
        );
        Assert.Equal([3L, 7L], trades.Select(static trade => trade.Sequence));
        Assert.Equal(3, list.Skipped);
        list.Decode("[]"u8, 0, 8);
        Assert.Equal(0, list.Skipped);
    }

    [Fact]
    public void What_the_venue_says_of_a_refusal_is_kept()
    {
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        decoder.Decode("""{"error":{"code":2,"msg":"Invalid request"},"id":1}"""u8, 1);
        Assert.Equal("""{"error":{"code":2,"msg":"Invalid request"},"id":1}""", decoder.Refusal);
    }

    [Theory]
    [InlineData("x", "test:1: json: malformed at byte 1 of the message")]
    [InlineData("{}", "test:1: stream: is missing")]
    [InlineData("""{"e":{"e":1}}""", "test:1: stream: is missing")]
    [InlineData("[1]", "test:1: json: is not an object")]
    [InlineData("""{"stream":"a@kline","data":{}}""", "test:1: stream: 'kline' is not one of trade, bookTicker, depth")]
    [InlineData("""{"stream":"a@trade","data":{"s":"A","t":1,"T":1,"p":"x","q":"1"}}""", "test:1: p: 'x' is not a number")]
    [InlineData("""{"stream":"a@trade","data":{"s":"A","T":1,"p":"1","q":"1"}}""", "test:1: t: is missing")]
    [InlineData("""{"stream":"a@trade","data":{"s":"A","t":0,"T":1,"p":"1","q":"1"}}""", "test:1: t: is not above zero")]
    [InlineData(
        """{"stream":"a@bookTicker","data":{"s":"","u":1,"b":"1","B":"1","a":"1","A":"1"}}""",
        "test:1: s: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space)"
    )]
    public void Says_what_makes_no_sense(string json, string problem)
    {
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        Assert.Equal(problem, Assert.Throws<MarketDataException>(() => decoder.Decode(Encoding.UTF8.GetBytes(json), 1)).Message);
    }

    [Fact]
    public void Survives_any_damage_with_a_reason()
    {
        var random = new Random(7);
        var decoder = new BinanceStreamDecoder(_symbols, isSpot: false, "test");
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Trade);
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                decoder.Decode(bytes.AsSpan(0, random.Next(bytes.Length + 1)), 1);
            }
            catch (MarketDataException reason)
            {
                Assert.StartsWith("test:1: ", reason.Message, StringComparison.Ordinal);
            }
        }
    }
}
