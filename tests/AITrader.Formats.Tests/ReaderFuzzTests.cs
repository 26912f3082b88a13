using System.Text;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests;

/// <summary>Whatever the bytes are, a reader gives ticks or one clear line; seeds are fixed, so a failure repeats.</summary>
public sealed class ReaderFuzzTests
{
    private const string Capture = """
        1723161255088169167 {"stream":"btcusdt@bookTicker","data":{"u":5123107839020,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510"}}
        1723161255088176367 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","p":"61800.30","q":"0.006","X":"MARKET","m":false}}
        1723161255319702566 {"lastUpdateId":5123107852948,"bids":[["61800.20","2.909"]],"asks":[]}
        1723161255388176367 {"stream":"btcusdt@depth","data":{"b":[["1","2"]],"a":[]}}

        """;

    private const string Csv = """
        symbol,time,price,size,bid,ask
        NSE:INFY,2026-01-05T03:45:00.250Z,1540.05,12,1540.00,1540.10
        NSE:INFY,1767584700500,,,1540.05,1540.15

        """;

    [Theory]
    [InlineData(Capture)]
    [InlineData(Csv)]
    public void Changed_contents_never_crash_a_reader(string content)
    {
        var random = new Random(20240808);
        var bytes = Encoding.UTF8.GetBytes(content);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            refused += Try(Reading.Change(bytes, random)) ? 0 : 1;
        }

        Assert.InRange(refused, 1_000, 19_999);
    }

    [Fact]
    public void Random_bytes_never_crash_a_reader()
    {
        var random = new Random(99);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            Assert.False(Try(bytes));
        }
    }

    [Fact]
    public void Damaged_gzip_never_crashes_a_reader()
    {
        var random = new Random(5);
        var packed = Reading.Gzip(
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1 " + """{"lastUpdateId":5}""" + "\n", 300)) + Capture)
        );
        var refused = 0;
        for (var i = 0; i < 3_000; i++)
        {
            refused += Try(Reading.Change(packed, random)) ? 0 : 1;
        }

        Assert.InRange(refused, 1_500, 3_000);
    }

    private static bool Try(byte[] content)
    {
        try
        {
            return Reading.All(TickFile.Open(new MemoryStream(content), "file")).Count > 0;
        }
        catch (MarketDataException refusal)
        {
            Assert.Matches(@"\Afile:\d+: [^\r\n:]+: [ -~]+\z", refusal.Message);
            return false;
        }
    }
}
