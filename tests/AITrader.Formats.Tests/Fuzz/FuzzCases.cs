using System.Text;
using AITrader.Formats.Binance;
using AITrader.Formats.Csv;
using AITrader.Formats.Itch;
using AITrader.Formats.Lean;
using AITrader.Formats.Lobster;
using AITrader.Formats.Reading;
using AITrader.Formats.Tests.Itch;
using AITrader.Formats.Tests.Lobster;

namespace AITrader.Formats.Tests.Fuzz;

/// <summary>A reader, a content that it reads, and how many items it then gives.</summary>
internal sealed record FuzzCase(string Name, byte[] Good, Func<byte[], long> Read);

/// <summary>Every reader of market data with a good content.</summary>
internal static class FuzzCases
{
    private const string Capture = """
        1723161255088169167 {"stream":"btcusdt@bookTicker","data":{"u":5123107839020,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510"}}
        1723161255088176367 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"61800.30","q":"0.006","X":"MARKET","m":false}}
        1723161255319702566 {"lastUpdateId":15,"E":1,"T":2,"symbol":"BTCUSDT","bids":[["61800.20","2.909"]],"asks":[["61800.30","1.1"]]}
        1723161255388176367 {"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1,"T":2,"s":"BTCUSDT","U":12,"u":17,"pu":11,"b":[["58710.20","0.014"]],"a":[]}}

        """;

    private const string Csv =
        "symbol,time,price,size,bid,ask\nNSE:INFY,2026-01-05T03:45:00.250Z,1540.05,12,1540.00,1540.10\nNSE:INFY,1767584700500,,,1540.05,1540.15\n";
    private const string Flagged =
        "symbol,time,price,size,bid,ask,bid_size,ask_size,flags,received\nX,1767584700,1.23e-05,1e6,,,,,after_gap off_tick,2026-01-05T03:45:00.000005Z\n\"X\",1767584701,,,3,2,,,crossed,1767584701000007\n";
    private const string Foreign = "Ticker;\"When\";Last;Qty\nX;20260105 09:15:00.250;10.5;3\n\"Y\";20260105 09:15:01.000;11;\n";
    private const string ForeignMap =
        """{"rows":"ticks","delimiter":";","columns":{"symbol":"Ticker","time":"When","price":"Last","size":4},"time":{"format":"yyyyMMdd HH:mm:ss.fff","zone":"America/New_York"}}""";
    private const string ForeignBars = "1704464100,10,12,9,11,500\n1704464160,11,11,11,11,\n";
    private const string ForeignBarsMap =
        """{"rows":"bars","header":false,"symbol":"X","period":"1m","stamp":"end","columns":{"time":1,"open":2,"high":3,"low":4,"close":5,"volume":6},"time":{"format":"s"}}""";
    private const string LeanQuotes = "292,1.38676,1.38686\n920,1.38676,1.38687\n2870.5,1.38675,1.38688\n";
    private const string LeanTrades = "34200000,4700100,100,Q,,0\n34200000.5,4700200,5,P,,1\n34201000,4700300,7,P,,0\n";
    private const string LeanBars =
        "0,7424.9,7424.9,7424.9,7424.9,1.88483821,7424.91,7424.91,7424.91,7424.91,33.35399601000002\n60000,,,,,0,7415.01,7415.01,7415.01,7415.01,27.6\n";
    private const string LeanDays =
        "20100104 00:00,4235000,4235000,4116000,4130000,9318\n20100105 00:00,4140000,4298000,4140000,4173000,26437\n";
    private const string Names =
        """{"rules":[{"source":"bse","prefix":"BSE:"}],"names":[{"source":"coinbase","name":"BTC-USD","symbol":"BTCUSD"}]}""";

    internal static IReadOnlyList<FuzzCase> All { get; } = Make();

    private static List<FuzzCase> Make()
    {
        var itch = new ItchBytes()
            .SystemEvent('O')
            .Directory(7, "AAPL")
            .Add(7, 1, 'B', 100, "AAPL", 1_000_000)
            .Executed(7, 1, 30, 901)
            .Cancel(7, 1, 10)
            .Trade(7, 'B', 5, "AAPL", 1_005_000, 902)
            .Replace(7, 1, 4, 80, 1_009_900)
            .ExecutedAt(7, 4, 1, 903, 'N', 1_009_000)
            .Delete(7, 4)
            .Raw(0, 0)
            .ToArray();
        var (messages, rows) = LobsterSamples.Make(3, 12, 2);
        var (message, row) = (Utf8(string.Join('\n', messages)), Utf8(string.Join('\n', rows)));
        var longCsv = Utf8(Csv + string.Concat(Enumerable.Repeat("NSE:INFY,1767584700500,,,1540.05,1540.15\n", 300)));
        return
        [
            new("binance ticks", Utf8(Capture), static bytes => Ticks(bytes, "file")),
            new("binance depth", Utf8(Capture), Depth),
            new("csv", Utf8(Csv), static bytes => Ticks(bytes, "file")),
            new("csv flags", Utf8(Flagged), static bytes => Ticks(bytes, "file")),
            new("csv gzip", Reading.Gzip(longCsv), static bytes => Ticks(bytes, "file")),
            new("csv zip", Reading.Zip(("a.csv", Encoding.UTF8.GetString(longCsv))), static bytes => Ticks(bytes, "file")),
            new("mapped ticks", Utf8(Foreign), static bytes => Ticks(bytes, "file", CsvMapping.Parse(Utf8(ForeignMap), "map"))),
            new("mapped bars", Utf8(ForeignBars), static bytes => Bars(bytes, "file", CsvMapping.Parse(Utf8(ForeignBarsMap), "map"))),
            new("mapping", Utf8(ForeignMap), static bytes => Ticks(Utf8(Foreign), "file", CsvMapping.Parse(bytes, "map"))),
            new("mapping of bars", Utf8(ForeignBarsMap), static bytes => Bars(Utf8(ForeignBars), "file", CsvMapping.Parse(bytes, "map"))),
            new("names", Utf8(Names), static bytes => SymbolMap.Parse(bytes, "names").ToSymbol("bse", "X") is null ? 0 : 1),
            new("lean zip", Reading.Zip(("20140501_x.csv", LeanQuotes)), static bytes =>
                Ticks(bytes, "forex/oanda/tick/x/20140501_quote.zip")
            ),
            new("lean quotes", Utf8(LeanQuotes), static bytes => Ticks(Zipped(bytes), "forex/oanda/tick/x/20140501_quote.zip")),
            new("lean trades", Utf8(LeanTrades), static bytes => Ticks(Zipped(bytes), "equity/usa/tick/x/20140501_trade.zip")),
            new("lean quote bars", Utf8(LeanBars), static bytes => Bars(Zipped(bytes), "crypto/coinbase/minute/x/20140501_quote.zip")),
            new("lean daily bars", Utf8(LeanDays), static bytes => Bars(Zipped(bytes), "equity/india/daily/x.zip")),
            new("itch", itch, Itch),
            new("itch gzip", Reading.Gzip(itch), Itch),
            new("lobster messages", message, bytes => Lobster(bytes, row)),
            new("lobster rows", row, bytes => Lobster(message, bytes)),
            new("itch as ticks", itch, static bytes =>
                Count(new OrderTickReader(ItchReader.Open(new MemoryStream(bytes), "file", new DateOnly(2020, 1, 30))), static reader =>
                    reader.TryRead(out _)
                )
            ),
            new("lobster as ticks", message, bytes =>
                Count(
                    new OrderTickReader(
                        LobsterReader.Open(new MemoryStream(bytes), new MemoryStream(row), "X_2012-06-21_0_1_message_2.csv")
                    ),
                    static reader => reader.TryRead(out _)
                )
            ),
        ];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zipped(byte[] content) => Reading.Zip(("20140501_x.csv", content));

    private static long Ticks(byte[] bytes, string name, CsvMapping? mapping = null) =>
        Count(TickFile.Open(new MemoryStream(bytes), name, null, mapping), static (TickReader reader) => reader.TryRead(out _));

    private static long Bars(byte[] bytes, string name, CsvMapping? mapping = null) =>
        Count(BarFile.Open(new MemoryStream(bytes), name, null, mapping), static (BarReader reader) => reader.TryRead(out _));

    private static long Depth(byte[] bytes) =>
        Count(BinanceDepthReader.Open(new MemoryStream(bytes), "file"), static reader => reader.TryRead());

    private static long Itch(byte[] bytes) =>
        Count(ItchReader.Open(new MemoryStream(bytes), "file", new DateOnly(2020, 1, 30)), static reader => reader.TryRead(out _));

    /// <summary>The validator too: it applies what it reads to a book.</summary>
    private static long Lobster(byte[] messages, byte[] rows)
    {
        using var reader = LobsterReader.Open(new MemoryStream(messages), new MemoryStream(rows), "X_2012-06-21_0_1_message_2.csv");
        return LobsterValidator.Check(reader).Rows;
    }

    /// <summary>Reads to the end; more items than any content here can hold is a reader that does not come to one.</summary>
    private static long Count<TReader>(TReader reader, Func<TReader, bool> next)
        where TReader : IDisposable
    {
        using (reader)
        {
            long items = 0;
            while (next(reader))
            {
                Assert.True(++items < 1_000_000, "the reader does not end");
            }

            return items;
        }
    }
}
