using System.Text.Json;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Cli.Commands.Backtests;
using AITrader.Strategies.Examples;
using AITrader.Strategies.Options;
using AITrader.TestSupport;

namespace AITrader.Cli.Tests.Commands;

public sealed class BacktestStoreTests
{
    [Fact]
    public void What_is_sent_of_a_backtest_adds_up_to_its_result()
    {
        var ct = TestContext.Current.CancellationToken;
        var demo = Path.Combine(SharedData.RepositoryRoot, "services", "AITrader.MarketData", "Demo", "demo.csv");
        var settings = new BacktestCommandSettings
        {
            Strategy = "ema-cross",
            Data = [demo],
            Cash = 10_000_000,
            Seed = 3,
        };
        var tape = MarketTapeReader.Read([demo], settings.Tape, null, ct);
        var strategy = ExampleStrategies.All["ema-cross"]();
        foreach (var (name, value) in new[] { ("BarSeconds", "1"), ("Fast", "3"), ("Slow", "8") })
        {
            Assert.Null(StrategyOptions.TrySet(strategy, name, value));
        }

        var result = Backtest.Run(tape, strategy, "ema-cross", settings.Backtest, null, ct);
        Assert.NotEmpty(result.Fills);

        var body = JsonSerializer.SerializeToElement(
            BacktestStore.BodyOf(new BacktestReport(result, Performance.Of(result), tape, null), settings)
        );

        Assert.Equal((result.Run, "demo.csv"), (body.GetProperty("run").GetString(), body.GetProperty("source").GetString()));
        Assert.Equal(result.DataHash, body.GetProperty("sha256").GetString());
        var fills = body.GetProperty("fills").EnumerateArray().ToList();
        Assert.Equal(result.Fills.Count, fills.Count);
        Assert.Equal(result.Realised, fills.Sum(static fill => fill.GetProperty("pnl").GetDecimal()));
        Assert.Equal(result.Fees, fills.Sum(static fill => fill.GetProperty("fees").GetDecimal()));
        Assert.Equal(
            (result.FinalEquity, result.FinalEquity),
            (
                body.GetProperty("equity")[result.Equity.Count - 1].GetProperty("equity").GetDecimal(),
                body.GetProperty("statistics").GetProperty("final_equity").GetDecimal()
            )
        );
        Assert.Equal(
            result.FinalEquity,
            body.GetProperty("initial_cash").GetDecimal()
                + body.GetProperty("realised_pnl").GetDecimal()
                + result.Unrealised
                - body.GetProperty("fees").GetDecimal()
        );
        var setup = body.GetProperty("setup");
        Assert.Equal(
            ("ema-cross", 3),
            (setup.GetProperty("strategies")[0].GetProperty("name").GetString(), setup.GetProperty("seed").GetInt32())
        );
    }
}
