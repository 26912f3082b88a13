using AITrader.Backtesting.Data;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Options;
using AITrader.TestSupport;

namespace AITrader.Backtesting.Tests;

/// <summary>Each example on real data, against what it gave when it was looked at by hand.</summary>
public sealed class ExampleTests
{
    private const string YesBank = "lean-bars/equity/india/minute/yesbank";
    private const string Future = "binance-l2/usdm_btcusdt_20240808.gz";
    private const string Spot = "binance-l2/spot_btcusdt_20240808.gz";
    private const string Euro = "lean-bars/forex/oanda/minute/eurusd";
    private const string Bitcoin = "lean-bars/crypto/coinbase/minute/btcusd/20180404_trade.zip";

    [Theory]
    [InlineData("ema-cross", YesBank, "", 25, "97895.742055")]
    [InlineData("vwap-reversion", Bitcoin, "", 51, "97511.87315154")]
    [InlineData("opening-range", YesBank, "", 4, "97060.94704")]
    [InlineData("pairs", Future + "|" + Spot, "BarSeconds=1", 29, "99729.75752223")]
    [InlineData("forecast-driven", Euro, "", 2, "100034.00472984")]
    public void An_example_gives_what_it_gave(string name, string data, string option, int fills, string equity)
    {
        var result = Run(name, data, option);

        Assert.Equal((fills, equity), (result.Fills.Count, result.FinalEquity.ToString("0.00######", null)));
        Assert.Equal(result.StartingCash + result.Realised + result.Unrealised - result.Fees, result.FinalEquity);
    }

    [Fact]
    public void A_bar_gives_four_ticks_and_its_volume()
    {
        var tape = Read(YesBank);
        Assert.Equal(0, tape.Count % 4);
        Assert.Equal(TimeSpan.FromMinutes(1), tape.BarLength);
        var first = tape.Ticks[..4].ToArray();
        Assert.True(first[0].TimeMicros < first[1].TimeMicros && first[2].TimeMicros < first[3].TimeMicros);
        Assert.Equal(59_999_999, first[3].TimeMicros - first[0].TimeMicros);
    }

    [Fact]
    public void A_report_stands_by_itself_and_shows_what_was_found()
    {
        var tape = Read(YesBank);
        var result = Run("ema-cross", YesBank, string.Empty);
        var page = HtmlReport.Create(result, Performance.Of(result), tape);

        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(page, "<svg"));
        Assert.Contains(StatisticsTable.Amount(result.FinalEquity), page, StringComparison.Ordinal);
        Assert.Contains(result.Run, page, StringComparison.Ordinal);
    }

    private static BacktestResult Run(string name, string data, string option)
    {
        var strategy = ExampleStrategies.All[name]();
        if (option.Split('=') is [var key, var value])
        {
            Assert.Null(StrategyOptions.TrySet(strategy, key, value));
        }

        return Backtest.Run(Read(data), strategy, name, new BacktestSettings(), null, TestContext.Current.CancellationToken);
    }

    private static MarketTape Read(string data) =>
        MarketTapeReader.Read(
            Array.ConvertAll(data.Split('|'), SharedData.Require),
            new MarketTapeSettings(),
            null,
            TestContext.Current.CancellationToken
        );
}
