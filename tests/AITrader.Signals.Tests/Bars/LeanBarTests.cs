using AITrader.Domain.Bars;
using AITrader.Domain.Instruments;
using AITrader.Domain.Sessions;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Tests;
using AITrader.Signals.Bars;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Bars;

/// <summary>LEAN's own bars are what the builders make of LEAN's ticks, and of its shorter bars: every bar, every number.</summary>
public sealed class LeanBarTests
{
    private const string Forex = "lean-bars/forex/oanda";
    private const string Coinbase = "lean-bars/crypto/coinbase";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("20140501", 12_564, 1_363)]
    [InlineData("20140502", 17_361, 1_222)]
    [InlineData("20140505", 12_396, 1_350)]
    public void Ticks_make_the_second_and_minute_bars(string day, int seconds, int minutes)
    {
        var ticks = Reading.All(TickFile.Open(SharedData.Require($"{Forex}/tick/eurusd/{day}_quote.zip")));

        AssertEqual(
            seconds,
            Bars($"{Forex}/second/eurusd/{day}_quote.zip"),
            NaiveBars.Build(new TimeBarBuilder(BarKind.Quote, Second), ticks)
        );
        AssertEqual(
            minutes,
            Bars($"{Forex}/minute/eurusd/{day}_quote.zip"),
            NaiveBars.Build(new TimeBarBuilder(BarKind.Quote, Minute), ticks)
        );
    }

    [Theory]
    [InlineData($"{Forex}/{{0}}/eurusd/20140501_quote.zip")]
    [InlineData($"{Forex}/{{0}}/eurusd/20140502_quote.zip")]
    [InlineData($"{Forex}/{{0}}/eurusd/20140505_quote.zip")]
    [InlineData($"{Coinbase}/{{0}}/btcusd/20161007_trade.zip")]
    public void Second_bars_make_the_minute_bars(string path) =>
        AssertEqual(
            0,
            Bars(string.Format(path, "minute")),
            NaiveBars.Aggregate(new BarAggregator(Minute), Bars(string.Format(path, "second")))
        );

    [Theory]
    [InlineData("second/btcusd/20161007_trade.zip")]
    [InlineData("minute/btcusd/20161007_trade.zip")]
    [InlineData("minute/btcusd/20180404_trade.zip")]
    public void Shorter_bars_make_the_daily_bar(string path)
    {
        var shorter = Bars($"{Coinbase}/{path}");
        var daily = Bars($"{Coinbase}/daily/btcusd_trade.zip")
            .Where(day => day.StartMicros <= shorter[0].StartMicros && shorter[0].StartMicros < day.EndMicros);

        AssertEqual(1, [.. daily], NaiveBars.Aggregate(new BarAggregator(TimeBarBuilder.WholeSession), shorter));
    }

    [Fact]
    public void Minutes_of_NSE_lie_in_its_time_zone()
    {
        var bars = Bars("lean-bars/equity/india/minute/yesbank/20190709_trade.zip", out var symbols);
        var kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

        Assert.Equal(["NSE:YESBANK"], symbols.Names);
        Assert.Equal(new DateTimeOffset(2019, 7, 9, 3, 45, 0, TimeSpan.Zero), EventTime.FromMicros(bars[0].StartMicros)); // 09:15 local
        Assert.Equal(
            (95m, 95m, 93.9m, 94.85m),
            (bars[0].Trade.Open.ToDecimal(), bars[0].Trade.High.ToDecimal(), bars[0].Trade.Low.ToDecimal(), bars[0].Trade.Close.ToDecimal())
        );
        Assert.Equal(1_730_100m, bars[0].Volume.ToDecimal());

        var day = Assert.Single(NaiveBars.Aggregate(new BarAggregator(TimeBarBuilder.WholeSession, SessionCalendar.DaysIn(kolkata)), bars));
        Assert.Equal(new DateTimeOffset(2019, 7, 8, 18, 30, 0, TimeSpan.Zero), EventTime.FromMicros(day.StartMicros));
        Assert.Equal(bars.Sum(static bar => bar.Volume.ToDecimal()), day.Volume.ToDecimal());
    }

    [Fact]
    public void Daily_bars_of_NSE_last_a_local_day()
    {
        var bars = Bars("lean-bars/equity/india/daily/cccl.zip", out var symbols);

        Assert.Equal(["NSE:CCCL"], symbols.Names);
        Assert.Equal(new DateTimeOffset(2010, 1, 3, 18, 30, 0, TimeSpan.Zero), EventTime.FromMicros(bars[0].StartMicros));
        Assert.All(bars, static bar => Assert.Equal(EventTime.MicrosPerDay, bar.EndMicros - bar.StartMicros));
        Assert.Equal((423.5m, 9_318m), (bars[0].Trade.Open.ToDecimal(), bars[0].Volume.ToDecimal()));
    }

    [Fact]
    public void Sizes_with_digits_of_binary_fractions_are_rounded()
    {
        var bars = Bars($"{Coinbase}/minute/btcusd/20180404_quote.zip");
        Assert.Equal((1.88483821m, 33.35399601m), (bars[0].BidSize.ToDecimal(), bars[0].AskSize.ToDecimal())); // written 33.35399601000002
        Assert.Equal(27.03989903m, bars[^1].AskSize.ToDecimal()); // written 27.039899029999997
    }

    /// <summary>Everything but the number of ticks, which files do not have, and the last bar's mark, as it was flushed.</summary>
    private static void AssertEqual(int count, List<Bar> expected, List<Bar> actual)
    {
        Assert.NotEmpty(expected);
        Assert.True(count == 0 || expected.Count == count, $"{expected.Count} bars");
        Assert.Equal(expected, actual.Select(static bar => bar with { Ticks = 0, IsComplete = true }));
    }

    private static List<Bar> Bars(string path) => Bars(path, out _);

    private static List<Bar> Bars(string path, out SymbolTable symbols)
    {
        var reader = BarFile.Open(SharedData.Require(path));
        symbols = reader.Symbols;
        return Reading.All(reader);
    }
}
