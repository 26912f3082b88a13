using System.Globalization;
using System.Text;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.Formats.Tests.Csv;

public sealed class CsvTickReaderTests
{
    private const string Header = "symbol,time,price,size,bid,ask\n";

    [Fact]
    public void Reads_trades_and_quotes_of_several_symbols()
    {
        var ticks = Reading.Text(
            "\uFEFFsymbol,time,price,size,bid,ask,bid_size,ask_size\r\n"
                + "NSE:INFY,2026-01-05T03:45:00.250Z,1540.05,12,1540.00,1540.10,100,50\r\n\r\n"
                + "NSE:TCS,2026-01-05T03:45:00.250Z,,,3200.5,3200.7,,\r\n"
                + "NSE:INFY,2026-01-05T03:45:01Z,1540.10,,,,,",
            out var symbols
        );

        Assert.Equal(["NSE:INFY", "NSE:TCS"], symbols.Names);
        Assert.Equal([TickKind.Trade, TickKind.Quote, TickKind.Trade], ticks.Select(static tick => tick.Kind));
        Assert.Equal([1540.05m, 3200.6m, 1540.1m], ticks.Select(static tick => tick.Price.ToDecimal()));
        Assert.Equal([12m, 0m, 0m], ticks.Select(static tick => tick.Size.ToDecimal()));
        Assert.Equal([1540m, 3200.5m, 0m], ticks.Select(static tick => tick.Bid.ToDecimal()));
        Assert.Equal([50m, 0m, 0m], ticks.Select(static tick => tick.AskSize.ToDecimal()));
    }

    [Fact]
    public void Flags_and_receive_times_are_read_where_the_file_has_them()
    {
        const string content =
            "symbol,time,price,size,bid,ask,bid_size,ask_size,flags,received\n"
            + "X,1767584700,1,1,,,,,after_gap off_tick,2026-01-05T03:45:00.000005Z\nX,1767584701,,,3,2,,,crossed,\nX,1767584702,,,2,2,,,locked,1767584702000007\n";
        using var reader = TickFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), "file");
        var read = new List<(TickFlags, long)>();
        while (reader.TryRead(out var tick))
        {
            read.Add((tick.Flags, reader.ReceivedMicros));
        }

        Assert.Equal(
            [
                (TickFlags.AfterGap | TickFlags.OffTick, 1_767_584_700_000_005),
                (TickFlags.Crossed, 0),
                (TickFlags.Locked, 1_767_584_702_000_007),
            ],
            read
        );
        Assert.Equal(
            "file:2: flags: 'late' is no flag; known are after_gap, filled, out_of_order, after_silence, locked, crossed, outside_band, off_tick, with a space between",
            Reading.Refusal("symbol,time,price,size,bid,ask,flags\nX,1767584700,1,1,,,locked late\n")
        );
        Assert.Equal(
            "file:2: received: 'then' is neither ISO 8601 nor an epoch time",
            Reading.Refusal("symbol,time,price,size,bid,ask,received\nX,1767584700,1,1,,,then\n")
        );
    }

    [Fact]
    public void Fields_may_be_quoted_and_numbers_may_have_an_exponent()
    {
        var ticks = Reading.Text(
            "\"symbol\",\"time\",\"price\",\"size\",\"bid\",\"ask\"\n\"X\",\"1767584700\",\"1.23e-05\",\"2.5E+7\",\"\",\"\"\n",
            out var symbols
        );

        Assert.Equal(["X"], symbols.Names);
        Assert.Equal((0.0000123m, 25_000_000m), (ticks[0].Price.ToDecimal(), ticks[0].Size.ToDecimal()));
    }

    [Fact]
    public void Takes_columns_in_any_order()
    {
        var tick = Assert.Single(Reading.Text("Time, ask,bid,size,price,Symbol\n1767584700, 2,1,5,1.5,X", out _));
        Assert.Equal((1.5m, 1m, 2m, 5m), (tick.Price.ToDecimal(), tick.Bid.ToDecimal(), tick.Ask.ToDecimal(), tick.Size.ToDecimal()));
    }

    [Theory]
    [InlineData("2026-01-05T03:45:00.1234567Z", "2026-01-05T03:45:00.123456Z")]
    [InlineData("2026-01-05 03:45:00", "2026-01-05T03:45:00Z")]
    [InlineData("2026-01-05T09:15:00+05:30", "2026-01-05T03:45:00Z")]
    [InlineData("2026-01-05T09:15:00.5+0530", "2026-01-05T03:45:00.5Z")]
    [InlineData("1767584700", "2026-01-05T03:45:00Z")]
    [InlineData("1767584700.25", "2026-01-05T03:45:00.25Z")]
    [InlineData("1767584700250", "2026-01-05T03:45:00.25Z")]
    [InlineData("1767584700250001", "2026-01-05T03:45:00.250001Z")]
    [InlineData("1767584700250001999", "2026-01-05T03:45:00.250001Z")]
    [InlineData("1767584700250.0019", "2026-01-05T03:45:00.250001Z")]
    [InlineData("2026-01-05T03:45:00.1234567890123456789Z", "2026-01-05T03:45:00.123456Z")]
    public void Understands_the_usual_times(string text, string expected)
    {
        var tick = Assert.Single(Reading.Text($"{Header}X,{text},1,1,,", out _));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), EventTime.FromMicros(tick.TimeMicros));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("2026-13-05T03:45:00Z")]
    [InlineData("2026-02-30T03:45:00Z")]
    [InlineData("2026-01-05T24:45:00Z")]
    [InlineData("2026-01-05T03:45:00.Z")]
    [InlineData("2026-01-05T03:45:00+5")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("1767584700.")]
    [InlineData("99999999999999999999")]
    public void Refuses_other_times(string text) =>
        Assert.Equal($"file:2: time: '{text}' is neither ISO 8601 nor an epoch time", Reading.Refusal($"{Header}X,{text},1,1,,"));

    [Theory]
    [InlineData("X,1767584700,abc,1,,", "price: 'abc' is not a number")]
    [InlineData("X,1767584700,0,1,,", "price: '0' must be above zero")]
    [InlineData("X,1767584700,-3,1,,", "price: '-3' must be above zero")]
    [InlineData("X,1767584700,1,-0.5,,", "size: '-0.5' must be zero or above")]
    [InlineData("X,1767584700,-,1,,", "price: '-' is not a number")]
    [InlineData("X,1767584700,1e,1,,", "price: '1e' is not a number")]
    [InlineData("X,1767584700,1.5e-10,1,,", "price: '1.5e-10' has more than 9 decimals")]
    [InlineData("X,1767584700,1e99,1,,", "price: '1e99' is not a number")]
    [InlineData("X,1767584700,1e12,1,,", "price: '1e12' is too large")]
    [InlineData("\"X,1767584700\",1,1,1,2,3", "row: has 7 fields where the header has 6")]
    [InlineData("X,1767584700,,1,1,2", "price: is missing in a row that has a size")]
    [InlineData("X,1767584700,,,1,", "ask: is missing")]
    [InlineData("X,1767584700,,,,", "bid: is missing")]
    [InlineData("X,1767584700,1,1,2,1", "ask: 1 is below the bid 2")]
    [InlineData("X,1767584700,1,?,,", "size: '?' is not a number")]
    [InlineData(",1767584700,1,1,,", "symbol: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space)")]
    [InlineData("X,1767584700,1,1,", "row: has 5 fields where the header has 6")]
    [InlineData("X,1767584700,1,1,,,", "row: has 7 fields where the header has 6")]
    [InlineData("X,1767584699,1,1,,", "time: goes back from 2026-01-05T03:45:00.000000Z to 2026-01-05T03:44:59.000000Z")]
    public void Says_line_and_column_of_what_is_wrong(string row, string expected) =>
        Assert.Equal($"file:3: {expected}", Reading.Refusal($"{Header}Y,1767584700,1,1,,\n{row}\n"));

    [Theory]
    [InlineData("symbol,time,price\n", "column 'size' is missing")]
    [InlineData("symbol,time,price,size,bid,ask,colour\n", "column 'colour' is not known")]
    [InlineData("symbol,time,price,size,bid,ask,ask\n", "column 'ask' is there twice")]
    public void Says_what_is_wrong_with_the_header(string content, string expected) =>
        Assert.Equal(
            $"file:1: header: {expected}; expected symbol,time,price,size,bid,ask[,bid_size,ask_size][,flags,received], or a .map.json beside the file",
            Reading.Refusal(content)
        );

    [Fact]
    public void Refuses_a_file_that_is_one_endless_line() =>
        Assert.Equal("file:2: line: longer than 16 MiB", Reading.Refusal(Header + new string('x', 17 * 1024 * 1024)));
}
