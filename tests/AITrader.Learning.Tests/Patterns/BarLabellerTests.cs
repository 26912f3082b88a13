using AITrader.Backtesting.Data;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Learning.Patterns;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Models;
using AITrader.TestSupport;

namespace AITrader.Learning.Tests.Patterns;

public sealed class BarLabellerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_comes_later_changes_no_bar_and_no_label()
    {
        var path = SharedData.Require("lean-bars/crypto/coinbase/second/btcusd/20161007_trade.zip");
        var tape = MarketTapeReader.Read([path], new MarketTapeSettings(), null, TestContext.Current.CancellationToken);
        var (part, whole) = (new BarLabeller("A", 1), new BarLabeller("A", 1));
        var cut = tape.Count / 3;
        for (var i = 0; i < tape.Count; i++)
        {
            whole.Add(tape.Ticks[i]);
            if (i < cut)
            {
                part.Add(tape.Ticks[i]);
            }
        }

        var (before, all) = (part.ToBars(), whole.ToBars());
        Assert.InRange(before.Count, 1000, all.Count / 2);
        Assert.Equal(before.Classes, all.Classes.Take(before.Count));
        Assert.Equal(before.Close, all.Close.Take(before.Count));
        Assert.Equal(before.Times, all.Times.Take(before.Count));
        Assert.Equal(PatternClasses.All.Count, all.Classes.Distinct().Count());
    }

    [Fact]
    public void A_bar_has_the_prices_of_its_trades_and_the_time_of_the_one_that_closed_it()
    {
        var labeller = new BarLabeller("A", 1);
        Trade(0, 100, 1);
        Trade(0.3, 103, 2);
        Trade(0.6, 99, 3);
        Trade(0.9, 101, 4);
        Assert.Equal(0, labeller.Count);
        Trade(1.5, 120, 5);
        var bars = labeller.ToBars();
        Assert.Equal(
            (100.0, 103.0, 99.0, 101.0, 10.0, Start.AddSeconds(1.5), 0),
            (bars.Open[0], bars.High[0], bars.Low[0], bars.Close[0], bars.Volume[0], bars.Times[0], bars.Classes[0])
        );

        void Trade(double seconds, decimal price, decimal size) =>
            labeller.Add(Start.AddSeconds(seconds), Price.Of(price), Quantity.Of(size));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("candlestick_up", "cdl_engulfing+0.5")]
    [InlineData("candlestick_down", "cdl_engulfing+0.5", "cdl_harami-0.6")]
    [InlineData("none", "cdl_engulfing+0.5", "cdl_harami-0.5")]
    [InlineData("price_action_down", "cdl_engulfing+1", "double_top-0.1")]
    [InlineData("momentum_up", "double_top-1", "rsi_divergence+0.1", "cdl_harami-1")]
    public void The_first_family_that_points_somewhere_names_the_class(string expected, params string[] found)
    {
        var catalogue = PatternCatalogue.BuiltIn;
        Detection[] detections = [.. found.Select(text => Of(text.Split('+', '-'), text.Contains('+', StringComparison.Ordinal)))];
        Assert.Equal(expected, PatternClasses.All[PatternClasses.Of(catalogue, detections)].Name);

        Detection Of(string[] parts, bool isUp) =>
            new()
            {
                Pattern = catalogue.Find(parts[0]),
                Direction = isUp ? SignalDirection.Bullish : SignalDirection.Bearish,
                Score = double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
                HorizonSeconds = 1,
            };
    }
}
