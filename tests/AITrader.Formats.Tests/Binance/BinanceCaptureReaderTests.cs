using System.Globalization;
using System.Text;
using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests.Binance;

public sealed class BinanceCaptureReaderTests
{
    private const string Trade =
        """1723161255088176367 {"stream":"btcusdt@trade","data":{"e":"trade","E":1723161256322,"s":"BTCUSDT","t":5266583935,"p":"61800.30","q":"0.006","X":"MARKET","m":false}}""";

    private const string Quote =
        """1723161255088181667 {"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":5123107840008,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.504"}}""";

    [Theory]
    [InlineData("usdm_btcusdt_20240808", "BTCUSDT", 21313, 66089)]
    [InlineData("spot_btcusdt_20240808", "BTCUSDT-SPOT", 9757, 28040)]
    [InlineData("cm_ethusd_perp_20240808", "ETHUSD_PERP", 1732, 15812)]
    public void Reads_every_tick_of_the_shared_captures(string file, string symbol, int trades, int quotes)
    {
        using var reader = TickFile.Open(SharedData.Require($"binance-l2/{file}.gz"));
        var ticks = Reading.All(reader);

        Assert.Equal(trades, ticks.Count(static tick => tick.Kind == TickKind.Trade));
        Assert.Equal(quotes, ticks.Count(static tick => tick.Kind == TickKind.Quote));
        Assert.Equal([symbol], reader.Symbols.Names);
    }

    [Fact]
    public void Agrees_with_the_traded_volume_and_vwap_of_the_venue()
    {
        using var expected = JsonDocument.Parse(
            File.ReadAllText(SharedData.Require("binance-l2/expected/usdm_btcusdt_20240808_final.json"))
        );
        var trades = Reading
            .All(TickFile.Open(SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz")))
            .Where(static tick => tick.Kind == TickKind.Trade)
            .ToList();

        var volume = trades.Sum(static tick => tick.Size.ToDecimal());
        var notional = trades.Sum(static tick => tick.Size.ToDecimal() * tick.Price.ToDecimal());
        Assert.Equal(decimal.Parse(Text(expected, "trade_qty_sum"), CultureInfo.InvariantCulture), volume);
        Assert.Equal(decimal.Parse(Text(expected, "vwap"), CultureInfo.InvariantCulture), Math.Round(notional / volume, 8));

        static string Text(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetString()!;
    }

    [Fact]
    public void Takes_the_receive_stamp_as_event_time_and_cuts_it_to_microseconds()
    {
        var ticks = Reading.Text($"{Trade}\n{Quote}\n", out var symbols);

        Assert.Equal(
            [
                new PackedTick
                {
                    TimeMicros = 1723161255088176,
                    Price = Of("61800.3"),
                    Size = Sized("0.006"),
                    Symbol = 0,
                    Kind = TickKind.Trade,
                },
                new PackedTick
                {
                    TimeMicros = 1723161255088181,
                    Price = Of("61800.25"),
                    Symbol = 0,
                    Kind = TickKind.Quote,
                    Bid = Of("61800.2"),
                    BidSize = Sized("2.507"),
                    Ask = Of("61800.3"),
                    AskSize = Sized("2.504"),
                },
            ],
            ticks
        );
        Assert.Equal("BTCUSDT", symbols[0]);
    }

    [Fact]
    public void Skips_depth_snapshots_and_rows_without_a_trade()
    {
        const string Rest = """
            1 {"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","s":"BTCUSDT","b":[["1.0","2"]],"a":[]}}
            2 {"lastUpdateId":5,"bids":[["1.0","2"]],"asks":[]}
            3 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"0","q":"0","X":"NA"}}
            4 {"data":{"s":"BTCUSDT","p":"7","q":"1"},"stream":"btcusdt@trade"}
            """;
        var tick = Assert.Single(Reading.Text(Rest, out _));
        Assert.Equal("7", tick.Price.ToString());
    }

    [Fact]
    public void A_symbol_outside_of_ascii_is_skipped_counted_and_named_and_costs_no_other()
    {
        const string Content = """
            1 {"stream":"x@trade","data":{"e":"trade","s":"测试USDT","p":"7","q":"1"}}
            2 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"7","q":"1"}}
            3 {"stream":"x@bookTicker","data":{"e":"bookTicker","s":"测试USDT","b":"1","B":"1","a":"2","A":"1"}}
            4 {"stream":"y@trade","data":{"e":"trade","s":"\u00c4USDT","p":"dear","q":"1"}}
            5 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"8","q":"1"}}
            """;
        using var reader = TickFile.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Content)), "file");
        Assert.Equal(["7", "8"], Reading.All(reader).Select(static tick => tick.Price.ToString()));
        Assert.Equal(["BTCUSDT"], reader.Symbols.Names);
        Assert.Equal((3L, "3 rows of 测试USDT ÄUSDT"), (reader.Skipped.Rows, reader.Skipped.ToString()));
        Assert.Equal(
            "file:1: file: holds no ticks of symbols that can be carried; skipped: 1 row of 测试USDT",
            Reading.Refusal(Content.Split('\n')[0])
        );
    }

    [Theory]
    [InlineData("\"p\":\"61800.30\"", "\"p\":\"abc\"", "file:2: p: 'abc' is not a number")]
    [InlineData("\"p\":\"61800.30\"", "\"p\":\"0\"", "file:2: p: '0' must be above zero")]
    [InlineData("\"p\":\"61800.30\",", "", "file:2: p: is missing")]
    [InlineData("\"p\":\"61800.30\"", "\"p\":\"1.1234567891\"", "file:2: p: '1.1234567891' has more than 9 decimals")]
    [InlineData("\"q\":\"0.006\"", "\"q\":\"99999999999999\"", "file:2: q: '99999999999999' is too large")]
    [InlineData("\"s\":\"BTCUSDT\"", "\"s\":\"\"", "file:2: s: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space)")]
    [InlineData("btcusdt@trade", "btcusdt@kline_1m", "file:2: stream: 'kline_1m' is not one of trade, bookTicker, depth")]
    [InlineData("\"stream\":\"btcusdt@trade\",", "", "file:2: stream: is missing")]
    [InlineData("}}", "}", "file:2: json: malformed at byte 144 of the message")]
    [InlineData("}}", "}} x", "file:2: json: malformed at byte 146 of the message")]
    [InlineData("1723161255088176367 ", "172316125508817636x ", "file:2: local_ns: '172316125508817636x' is not a time in nanoseconds")]
    [InlineData(
        "1723161255088176367 ",
        "1723161255088175366 ",
        "file:2: time: goes back from 2024-08-08T23:54:15.088176Z to 2024-08-08T23:54:15.088175Z"
    )]
    public void Says_file_line_and_field_of_what_is_wrong(string part, string replacement, string expected)
    {
        var broken = Trade.Replace(part, replacement);
        Assert.NotEqual(Trade, broken);
        Assert.Equal(expected, Reading.Refusal($"{Trade}\n{broken}\n"));
    }

    [Fact]
    public void Refuses_a_crossed_quote() =>
        Assert.Equal("file:1: a: the ask 61800.1 is below the bid 61800.2", Reading.Refusal(Quote.Replace("61800.30", "61800.10")));

    [Fact]
    public void Refuses_contents_that_are_no_market_data()
    {
        Assert.Equal("file:1: file: is empty", Reading.Refusal(string.Empty));
        Assert.Equal("file:1: file: holds no ticks", Reading.Refusal("""1 {"lastUpdateId":5}"""));
        Assert.StartsWith("file:1: format: neither a Binance capture", Reading.Refusal("hello\nworld\n"));
        Assert.StartsWith(
            "/nowhere/x.gz: does not exist",
            Assert.Throws<MarketDataException>(() => TickFile.Open("/nowhere/x.gz")).Message
        );
        Assert.EndsWith(": is a folder", Assert.Throws<MarketDataException>(() => TickFile.Open(Path.GetTempPath())).Message);
    }

    [Fact]
    public void Says_that_a_gzip_file_is_damaged_or_cut_off()
    {
        var text = new StringBuilder();
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            text.AppendLine(
                $$$"""{{{i}}} {"stream":"btcusdt@trade","data":{"s":"BTCUSDT","p":"{{{random.Next(1, 99999)}}}","q":"{{{random.Next(1, 99999)}}}"}}"""
            );
        }

        var packed = Reading.Gzip(Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal(5000, Reading.All(TickFile.Open(new MemoryStream(packed), "file")).Count);
        Assert.Matches(@"^file:\d+: gzip: ", Reading.Refusal(packed[..(packed.Length / 2)]));
        Assert.Matches(@"^file:\d+: gzip: ", Reading.Refusal(packed[..^4]));
        packed[packed.Length / 2] ^= 0x55;
        Assert.Matches(@"^file:\d+: ", Reading.Refusal(packed));
    }

    private static Price Of(string text)
    {
        Assert.Equal(FixedPointProblem.None, Price.TryParse(Encoding.ASCII.GetBytes(text), out var price));
        return price;
    }

    private static Quantity Sized(string text)
    {
        Assert.Equal(FixedPointProblem.None, Quantity.TryParse(Encoding.ASCII.GetBytes(text), out var quantity));
        return quantity;
    }
}
