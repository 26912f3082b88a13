using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;
using AITrader.MarketData.Caches;
using AITrader.MarketData.Replay;
using AITrader.TestSupport;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Tests;

public sealed class ReplayPartsTests
{
    [Theory]
    [InlineData("max", double.PositiveInfinity)]
    [InlineData("MAX", double.PositiveInfinity)]
    [InlineData("1", 1.0)]
    [InlineData("20x", 20.0)]
    [InlineData("0.1", 0.1)]
    [InlineData("1000", 1000.0)]
    public void Understands_speeds(string text, double factor)
    {
        Assert.True(ReplaySpeed.TryParse(text, out var speed));
        Assert.Equal(factor, speed.Factor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("fast")]
    [InlineData("Infinity")]
    [InlineData("0.09")]
    [InlineData("1001")]
    public void Refuses_what_is_no_speed(string? text) => Assert.False(ReplaySpeed.TryParse(text, out _));

    [Fact]
    public void Refuses_to_start_with_a_speed_that_is_none()
    {
        var result = new ReplaySpeedValidator().Validate(null, new ReplayOptions { Speed = "fast" });
        Assert.Equal("Replay:Speed: 'fast' is not max or a number from 0.1 to 1000", result.FailureMessage);
        Assert.Equal(ValidateOptionsResult.Success, new ReplaySpeedValidator().Validate(null, new ReplayOptions()));
    }

    [Theory]
    [InlineData("binance-usdm-btcusdt", "binance-usdm-btcusdt")]
    [InlineData("/data/usdm_btcusdt_20240808.gz", "usdm_btcusdt_20240808")]
    [InlineData("my file:x.csv.gz", "my_file_x")]
    [InlineData("demo", "demo")]
    public void Names_runs_after_their_content(string source, string expected)
    {
        Assert.Equal(expected, DataSets.NameOf(source));
        var content = new FileContent([source])
        {
            Source = ReplaySource.Of([source]),
            Sha256 = "0123abcdef",
            Ticks = 5,
            FirstMicros = 0,
            LastMicros = 1,
        };
        Assert.Equal($"{expected}-0123abcd-7", content.Recorded.RunName(7));
    }

    [Fact]
    public void Finds_data_sets_in_their_folder()
    {
        var path = SharedData.Require("binance-l2/usdm_btcusdt_20240808.gz");
        Assert.Equal(path, Path.GetFullPath(new DataSets(SharedData.Folder).Resolve("binance-usdm-btcusdt")));
        var failure = Assert.Throws<MarketDataException>(() => new DataSets("/nowhere").Resolve("binance-usdm-btcusdt"));
        Assert.Equal("does not exist (data set binance-usdm-btcusdt); set AITRADER_TEST_DATA or Replay:DataFolder", failure.Problem);
    }

    [Fact]
    public void Derives_the_trace_of_a_tick_from_its_name()
    {
        var trace = TickTrace.Parent("demo-1", 7);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", trace);
        Assert.Equal(trace, TickTrace.Parent("demo-1", 7));
        Assert.Equal(
            2_000,
            Enumerable
                .Range(1, 1_000)
                .SelectMany(static seq => new[] { TickTrace.Parent("a", seq), TickTrace.Parent("b", seq) })
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public void Keeps_the_last_readings_of_each_symbol()
    {
        var caches = new MarketCaches();
        caches.Observe([Tick("A", 10m, 3m), Tick("A", 10.5m, 0m, bid: 10.4m, ask: 10.6m), Tick("A", 11m, 2m)]);
        var items = caches.TakeChanges().ToDictionary();
        Assert.Equal("11", items["market:A:price"]);
        Assert.Equal("5", items["market:A:volume"]);
        Assert.Equal(["market:A:price", "market:A:volume"], items.Keys);
        Assert.Empty(caches.TakeQuotes()); // no sizes, no levels
        Assert.Empty(caches.TakeChanges());
        caches.Observe([Tick("A", 12m, 1m) with { Run = "other" }]);
        Assert.Equal("1", caches.TakeChanges().ToDictionary()["market:A:volume"]);
    }

    [Fact]
    public void Hands_on_the_newest_best_bid_and_ask_where_both_are_known()
    {
        var caches = new MarketCaches();
        caches.Observe([Quoted("A", 10.3m, 10.6m), Quoted("A", 10.4m, 10.6m), Tick("B", 11m, 2m)]);
        var (symbol, quote) = Assert.Single(caches.TakeQuotes());
        Assert.Equal(
            ("A", "10.4", "3", "10.6", "4"),
            (symbol, quote.Bid.Price.ToString(), quote.Bid.Size.ToString(), quote.Ask.Price.ToString(), quote.Ask.Size.ToString())
        );
        Assert.Empty(caches.TakeQuotes());

        static Tick Quoted(string symbol, decimal bid, decimal ask) =>
            Tick(symbol, 10m, 1m, bid, ask) with
            {
                BidSize = Quantity.Of(3m),
                AskSize = Quantity.Of(4m),
            };
    }

    private static Tick Tick(string symbol, decimal price, decimal volume, decimal? bid = null, decimal? ask = null) =>
        new()
        {
            Symbol = symbol,
            Price = Price.Of(price),
            Volume = Quantity.Of(volume),
            Bid = Price.Of(bid),
            Ask = Price.Of(ask),
            Kind = bid is null ? TickKind.Trade : TickKind.Quote,
            Timestamp = new DateTimeOffset(2026, 1, 5, 3, 45, 0, TimeSpan.Zero),
            Source = "test",
            Seq = 1,
        };
}
