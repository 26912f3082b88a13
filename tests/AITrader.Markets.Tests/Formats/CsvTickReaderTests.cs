using System.Globalization;

namespace AITrader.Markets.Tests.Formats;

public sealed class CsvTickReaderTests
{
    private const string Header = "symbol,time,price,size,bid,ask\n";

    [Fact]
    public void Reads_trades_and_quotes_of_several_symbols()
    {
        var ticks = Reading.Text(
            "\uFEFFsymbol,time,price,size,bid,ask,bid_size,ask_size\r\n" +
            "NSE:INFY,2026-01-05T03:45:00.250Z,1540.05,12,1540.00,1540.10,100,50\r\n\r\n" +
            "NSE:TCS,2026-01-05T03:45:00.250Z,,,3200.5,3200.7,,\r\n" +
            "NSE:INFY,2026-01-05T03:45:01Z,1540.10,,,,,",
            out var symbols);

        Assert.Equal(["NSE:INFY", "NSE:TCS"], symbols.Names);
        Assert.Equal([MarketTickKind.Trade, MarketTickKind.Quote, MarketTickKind.Trade], ticks.Select(static tick => tick.Kind));
        Assert.Equal([1540.05m, 3200.6m, 1540.1m], ticks.Select(static tick => tick.Price.ToDecimal()));
        Assert.Equal([12m, 0m, 0m], ticks.Select(static tick => tick.Size.ToDecimal()));
        Assert.Equal([1540m, 3200.5m, 0m], ticks.Select(static tick => tick.Bid.ToDecimal()));
        Assert.Equal([50m, 0m, 0m], ticks.Select(static tick => tick.AskSize.ToDecimal()));
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
    [InlineData("1767584700250.5")]
    [InlineData("99999999999999999999")]
    public void Refuses_other_times(string text) =>
        Assert.Equal($"file:2: time: '{text}' is neither ISO 8601 nor an epoch time", Reading.Refusal($"{Header}X,{text},1,1,,"));

    [Theory]
    [InlineData("X,1767584700,abc,1,,", "price: 'abc' is not a number")]
    [InlineData("X,1767584700,0,1,,", "price: '0' must be above zero")]
    [InlineData("X,1767584700,-3,1,,", "price: '-3' is not a number")]
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
        Assert.Equal($"file:1: header: {expected}; expected symbol,time,price,size,bid,ask[,bid_size,ask_size]", Reading.Refusal(content));

    [Fact]
    public void Refuses_a_file_that_is_one_endless_line() =>
        Assert.Equal("file:2: line: longer than 16 MiB", Reading.Refusal(Header + new string('x', 17 * 1024 * 1024)));
}
