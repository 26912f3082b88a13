using System.Text;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;
using AITrader.Formats.Tests;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

public sealed class BinanceDepthReaderTests
{
    private const string Futures =
        """1723161255030314667 {"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1,"T":2,"s":"BTCUSDT","U":12,"u":17,"pu":11,"b":[["58710.20","0.014"],["58710.10","0.000"]],"a":[["61800.30","1"]]}}""";

    private const string Spot =
        """1723161255030315667 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":12,"u":17,"b":[],"a":[["61839.85000000","0.00000000"]]}}""";

    private const string Snapshot =
        """1723161255319702566 {"lastUpdateId":15,"E":1,"T":2,"symbol":"ETHUSD_PERP","pair":"ETHUSD","bids":[["10.1","2.909"],["10","1"]],"asks":[["10.2","1.1"],["10.3","5"]]}""";

    private const string Others = """
        1723161255088169167 {"stream":"btcusdt@bookTicker","data":{"u":5,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510"}}

        1723161255088176367 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"61800.30","q":"0.006","X":"MARKET","m":false}}

        """;

    [Theory]
    [InlineData("usdm_btcusdt_20240808", "BTCUSDT", 6551, 55, -1)]
    [InlineData("spot_btcusdt_20240808", "BTCUSDT-SPOT", 3451, 8, -1)]
    [InlineData("cm_ethusd_perp_20240808", "ETHUSD_PERP", 22909, 27, 0)]
    public void Reads_every_depth_message_of_the_shared_captures(
        string file,
        string symbol,
        int diffs,
        int snapshotLine,
        int snapshotSymbol
    )
    {
        using var reader = BinanceDepthReader.Open(SharedData.Require($"binance-l2/{file}.gz"));
        var (read, snapshots) = (0, 0);
        while (reader.TryRead())
        {
            if (reader.Message.Kind == DepthKind.Diff)
            {
                Assert.Equal(0, reader.Message.Symbol);
                read++;
            }
            else
            {
                Assert.Equal(
                    (snapshotLine, snapshotSymbol, 1000, 1000),
                    (reader.Line, reader.Message.Symbol, reader.Message.Bids.Length, reader.Message.Asks.Length)
                );
                snapshots++;
            }
        }

        Assert.Equal((diffs, 1), (read, snapshots));
        Assert.Equal([symbol], reader.Symbols.Names);
    }

    [Fact]
    public void A_symbol_outside_of_ascii_is_skipped_counted_and_named_and_costs_no_other()
    {
        using var reader = Open(
            Futures.Replace("BTCUSDT", "测试USDT")
                + "\n"
                + Futures
                + "\n"
                + Spot.Replace("BTCUSDT", "测试USDT")
                + "\n"
                + Snapshot.Replace("ETHUSD_PERP", "测试_PERP")
                + "\n"
                + Snapshot
        );
        Assert.True(reader.TryRead());
        Assert.Equal((2L, DepthKind.Diff), (reader.Line, reader.Message.Kind));
        Assert.True(reader.TryRead());
        Assert.Equal((5L, DepthKind.Snapshot), (reader.Line, reader.Message.Kind));
        Assert.False(reader.TryRead());
        Assert.Equal(["BTCUSDT", "ETHUSD_PERP"], reader.Symbols.Names);
        Assert.Equal("3 rows of 测试USDT 测试_PERP", reader.Skipped.ToString());
    }

    [Fact]
    public void Reads_diffs_of_futures_and_spot_and_snapshots_between_other_messages()
    {
        using var reader = Open(Futures + "\n" + Others + Spot + "\r\n" + Snapshot);
        Assert.True(reader.TryRead());
        Assert.Equal(
            (DepthKind.Diff, 1723161255030314, new UpdateIds(12, 17, 11)),
            (reader.Message.Kind, reader.Message.TimeMicros, reader.Message.Ids)
        );
        Assert.Equal(Depth.Levels("58710.2*0.014 58710.1*0"), reader.Message.Bids);
        Assert.Equal(Depth.Levels("61800.3*1"), reader.Message.Asks);

        Assert.Equal("file:2: time", Assert.Throws<MarketDataException>(() => Depth.All(Open(Snapshot + "\n" + Spot))).Message[..12]);
    }

    [Fact]
    public void Tells_symbols_of_spot_and_futures_apart()
    {
        using var reader = Open(
            Futures
                + "\n"
                + Spot
                + "\n"
                + Others.Replace("1723161255088", "1723161255100")
                + Snapshot
                + "\n"
                + Snapshot.Replace("\"symbol\":\"ETHUSD_PERP\",", "")
        );
        var symbols = new List<int>();
        while (reader.TryRead())
        {
            symbols.Add(reader.Message.Symbol);
        }

        Assert.Equal([0, 1, 2, -1], symbols);
        Assert.Equal(["BTCUSDT", "BTCUSDT-SPOT", "ETHUSD_PERP"], reader.Symbols.Names);
        Assert.Equal((DepthKind.Snapshot, new UpdateIds(15, 15)), (reader.Message.Kind, reader.Message.Ids));
        Assert.Equal(Depth.Levels("10.1*2.909 10*1"), reader.Message.Bids);
    }

    [Fact]
    public void Reads_the_data_also_where_it_comes_before_the_stream()
    {
        var message = Assert.Single(Depth.All(Open("""1 {"data":{"b":[],"a":[],"u":2,"U":1,"s":"X"},"stream":"x@depth"}""")));
        Assert.Equal(new UpdateIds(1, 2), message.Ids);
    }

    [Theory]
    [InlineData("\"U\":12,", "", "U: is missing")]
    [InlineData("\"u\":17,", "", "u: is missing")]
    [InlineData("\"u\":17,", "\"u\":11,", "u: 11 is below U 12")]
    [InlineData("\"u\":17,", "\"u\":\"17\",", "u: '17' is not an update id")]
    [InlineData("\"u\":17,", "\"u\":1.5,", "u: '1.5' is not an update id")]
    [InlineData("\"pu\":11", "\"pu\":-1", "pu: '-1' is not an update id")]
    [InlineData("\"pu\":11", "\"pu\":null", "pu: '' is not an update id")]
    [InlineData("\"a\":[[\"61800.30\",\"1\"]]", "\"c\":1", "a: is missing")]
    [InlineData("\"b\":[[\"58710.20\",\"0.014\"],[\"58710.10\",\"0.000\"]],", "", "b: is missing")]
    [InlineData("[[\"61800.30\",\"1\"]]", "\"61800.30\"", "a: is not a list of levels")]
    [InlineData("[\"58710.10\",\"0.000\"]", "7", "b[1]: is not a level: [price, quantity]")]
    [InlineData("[\"58710.10\",\"0.000\"]", "[\"1\",\"2\",\"3\"]", "b[1]: is not a level: [price, quantity]")]
    [InlineData("[\"58710.10\",\"0.000\"]", "[\"1\"]", "b[1]: quantity is missing")]
    [InlineData("[\"58710.10\",\"0.000\"]", "[]", "b[1]: price is missing")]
    [InlineData("58710.10", "x", "b[1]: price 'x' is not a number")]
    [InlineData("58710.10", "0.00", "b[1]: price '0.00' must be above zero")]
    [InlineData("0.014", "-0.014", "b[0]: quantity '-0.014' must be zero or above")]
    [InlineData("0.014", "0.000000001", "b[0]: quantity '0.000000001' has more than 8 decimals")]
    [InlineData("0.014", "99999999999999", "b[0]: quantity '99999999999999' is too large")]
    [InlineData("\"s\":\"BTCUSDT\",", "", "s: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space)")]
    [InlineData("btcusdt@depth@0ms", "btcusdt@depth20@100ms", "stream: 'depth20@100ms' is a partial book, not a stream of diffs")]
    [InlineData("btcusdt@depth@0ms", "btcusdt@kline_1m", "stream: 'kline_1m' is not one of trade, bookTicker, depth")]
    [InlineData("\"stream\":\"btcusdt@depth@0ms\",", "", "stream: is missing")]
    [InlineData("\"data\":{", "\"date\":{", "data: is not an object")]
    [InlineData("}}", "}", "json: malformed at byte 176 of the message")]
    [InlineData("1723161255030314667 ", "172316125503031466x ", "local_ns: '172316125503031466x' is not a time in nanoseconds")]
    [InlineData(
        "1723161255030314667 ",
        "1723161255030313667 ",
        "time: goes back from 2024-08-08T23:54:15.030314Z to 2024-08-08T23:54:15.030313Z"
    )]
    public void Says_line_and_field_of_what_is_wrong_with_a_diff(string part, string replacement, string expected) =>
        Assert.Equal($"file:2: {expected}", Refusal(Futures, part, replacement));

    [Theory]
    [InlineData("\"lastUpdateId\":15", "\"lastUpdateId\":\"\"", "lastUpdateId: '' is not an update id")]
    [InlineData("\"bids\":", "\"bid\":", "bids: is missing")]
    [InlineData("\"asks\":", "\"ask\":", "asks: is missing")]
    [InlineData("[\"10\",\"1\"]", "[\"10.1\",\"1\"]", "bids[1]: price 10.1 does not come after 10.1")]
    [InlineData("[\"10.3\",\"5\"]", "[\"10.15\",\"5\"]", "asks[1]: price 10.15 does not come after 10.2")]
    [InlineData("[\"10.3\",\"5\"]", "[\"10.3\",\"0\"]", "asks[1]: quantity '0' must be above zero in a snapshot")]
    [InlineData("ETHUSD_PERP", "ETH?", "symbol: 'ETH?' is no symbol (1 to 64 letters, digits or : _ - . / & and space)")]
    public void Says_line_and_field_of_what_is_wrong_with_a_snapshot(string part, string replacement, string expected) =>
        Assert.Equal($"file:2: {expected}", Refusal(Snapshot, part, replacement));

    [Fact]
    public void Refuses_contents_without_depth_messages()
    {
        Assert.Equal("file:1: file: holds no depth messages", Assert.Throws<MarketDataException>(() => Depth.All(Open(""))).Message);
        Assert.Equal("file:3: file: holds no depth messages", Assert.Throws<MarketDataException>(() => Depth.All(Open(Others))).Message);
        Assert.StartsWith(
            "/nowhere/x.gz: does not exist",
            Assert.Throws<MarketDataException>(() => BinanceDepthReader.Open("/nowhere/x.gz")).Message
        );
    }

    [Fact]
    public void Changed_contents_never_crash_the_reader_or_the_builder()
    {
        var random = new Random(20240808);
        var bytes = Encoding.UTF8.GetBytes(Futures + "\n" + Others + Snapshot + "\n");
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            refused += Try(Reading.Change(bytes, random)) ? 0 : 1;
        }

        Assert.InRange(refused, 1_000, 19_999);
    }

    [Fact]
    public void Random_and_damaged_bytes_never_crash_the_reader()
    {
        var random = new Random(99);
        var packed = Reading.Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Futures + "\n", 200))));
        Assert.True(Try(packed));
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            Assert.False(Try(bytes));
            Try(Reading.Change(packed, random));
        }
    }

    private static BinanceDepthReader Open(string content) =>
        BinanceDepthReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "file");

    private static string Refusal(string line, string part, string replacement)
    {
        var broken = line.Replace(part, replacement);
        Assert.NotEqual(line, broken);
        return Assert.Throws<MarketDataException>(() => Depth.All(Open($"{line}\n{broken}\n"))).Message;
    }

    private static bool Try(byte[] content)
    {
        try
        {
            var builder = new BookBuilder();
            Depth.All(BinanceDepthReader.Open(new MemoryStream(content), "file")).ForEach(message => message.Feed(builder));
            return true;
        }
        catch (MarketDataException refusal)
        {
            Assert.Matches(@"\Afile:\d+: [^\r\n:]+: [ -~]+\z", refusal.Message);
            return false;
        }
    }
}
