using System.Text;
using AITrader.Domain.Time;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;
using AITrader.Formats.Tests.Itch;
using AITrader.Formats.Tests.Lobster;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests;

public sealed class FileCheckTests
{
    [Theory]
    [InlineData(
        "lean-bars/forex/oanda/tick/eurusd/20140501_quote.zip",
        "lean-oanda",
        "ticks",
        24_179,
        "EURUSD",
        "2014-05-01T00:00:00.292",
        "2014-05-01T23:59:31.310"
    )]
    [InlineData(
        "lean-bars/equity/india/minute/yesbank/20190709_trade.zip",
        "lean-india",
        "bars",
        377,
        "NSE:YESBANK",
        "2019-07-09T03:45:00.000",
        "2019-07-09T10:11:00.000"
    )]
    [InlineData("binance-l2/cm_ethusd_perp_20240808.gz", "binance-capture", "ticks", 0, "ETHUSD_PERP", null, null)]
    public void Says_what_a_shared_file_holds(
        string path,
        string source,
        string items,
        int count,
        string symbol,
        string? first,
        string? last
    )
    {
        var found = FileCheck.Run(SharedData.Require(path));

        Assert.Equal((source, items, symbol), (found.Source, found.Items, Assert.Single(found.Symbols)));
        Assert.True(count == 0 ? found.Count > 10_000 : found.Count == count, $"{found.Count}");
        Assert.Equal((first ?? Show(found.FirstMicros), last ?? Show(found.LastMicros)), (Show(found.FirstMicros), Show(found.LastMicros)));
    }

    [Fact]
    public void Says_what_it_skipped_because_of_its_symbol()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                """
                1 {"stream":"x@trade","data":{"e":"trade","s":"测试USDT","p":"7","q":"1"}}
                2 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"7","q":"1"}}
                """
            );
            Assert.Equal((1L, "1 row of 测试USDT"), FileCheck.Run(path) is var found ? (found.Count, found.Skipped) : default);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Knows_files_of_orders_by_their_names_and_compares_a_pair()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-check");
        try
        {
            var itch = Path.Combine(folder.FullName, "01302020.NASDAQ_ITCH50");
            File.WriteAllBytes(itch, new ItchBytes().Directory(7, "AAPL").Add(7, 1, 'B', 100, "AAPL", 1_000_000).Delete(7, 1).ToArray());
            Assert.Equal(
                ("itch", "order events", 2L),
                FileCheck.Run(itch) is var found ? (found.Source, found.Items, found.Count) : default
            );
            File.WriteAllBytes(
                itch,
                new ItchBytes().Directory(7, "AAPL").Add(7, 1, 'B', 100, "AAPL", 1_000_000).Executed(7, 1, 101, 9).ToArray()
            );
            Assert.Equal(
                $"{itch}:3: order: the Execute of order 1 of AAPL is refused: ExceedsOrder",
                Assert.Throws<MarketDataException>(() => FileCheck.Run(itch)).Message
            );

            var (messages, rows) = LobsterSamples.Make(21, 100, 2);
            var lobster = Path.Combine(folder.FullName, "X_2012-06-21_34200000_57600000_message_2.csv");
            File.WriteAllLines(lobster, messages);
            File.WriteAllLines(lobster.Replace("_message_", "_orderbook_"), rows);
            Assert.Equal(messages.Count(static message => message.Split(',')[1] != "7"), FileCheck.Run(lobster).Count);

            File.WriteAllLines(lobster.Replace("_message_", "_orderbook_"), [.. rows[..50], rows[10], .. rows[51..]]);
            Assert.StartsWith($"{lobster}:51: book: ", Assert.Throws<MarketDataException>(() => FileCheck.Run(lobster)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Reads_bars_by_a_mapping()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-check");
        try
        {
            var path = Path.Combine(folder.FullName, "x.csv");
            File.WriteAllBytes(path, Encoding.ASCII.GetBytes("1704464100,10,12,9,11\n1704464160,11,11,11,11\n"));
            File.WriteAllText(
                path + CsvMapping.Suffix,
                """{"rows":"bars","header":false,"symbol":"X","period":"1m","columns":{"time":1,"open":2,"high":3,"low":4,"close":5},"time":{"format":"s"}}"""
            );
            Assert.Equal(
                ("csv", "bars", 2L, 1704464220L),
                FileCheck.Run(path) is var found ? (found.Source, found.Items, found.Count, found.LastMicros / 1_000_000) : default
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Show(long micros) => EventTime.FromMicros(micros).ToString("yyyy-MM-ddTHH:mm:ss.fff");
}
