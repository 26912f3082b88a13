using System.Text.Json;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Reports;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
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
            BacktestStore.BodyOf(new BacktestReport(result, Performance.Of(result), tape, null), settings, null)
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

    [Fact]
    public async Task The_best_trials_of_a_search_are_runs_that_name_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var demo = Path.Combine(SharedData.RepositoryRoot, "services", "AITrader.MarketData", "Demo", "demo.csv");
        var settings = new BacktestCommandSettings
        {
            Strategy = "ema-cross",
            Data = [demo],
            Cash = 10_000_000,
            Param = ["BarSeconds=1", "Fast=2..5", "Slow=8"],
        };
        var source = await StrategySource.FindAsync("ema-cross", ct);
        var input = new BacktestInput(settings, source, MarketTapeReader.Read([demo], settings.Tape, null, ct));
        var found = StrategySearch.Run(
            input.Tape,
            input.Create,
            source.Name,
            settings.Backtest,
            input.Space(),
            settings.SearchBy,
            null,
            ct
        );
        var best = TrialStore.BestOf(found, 3);
        Assert.Equal(3, best.Count);
        Assert.Equal(found.Best!.Run, best[0].Run);
        Assert.Equal(best.OrderByDescending(static trial => trial.Score), best);

        // A trial keeps numbers only: what is stored of it is made again, and is the same.
        var again = found.Again(best[1], ct);
        Assert.Equal((best[1].Run, best[1].Fills), (again.Run, again.Fills.Count));
        var name = TrialStore.NameOf(found, source.Name);
        var report = new BacktestReport(again, Performance.Of(again), input.Tape, null);
        var body = JsonSerializer.SerializeToElement(
            BacktestStore.BodyOf(report, settings, TrialStore.SetupOf(found, best[1], name, settings))
        );
        Assert.Matches("^[0-9a-f]{64}$", body.GetProperty("sha256").GetString());
        var search = body.GetProperty("setup").GetProperty("search");
        Assert.Equal((name, 4), (search.GetProperty("name").GetString(), search.GetProperty("trials").GetInt32()));
        Assert.Equal(best[1].Number + 1, search.GetProperty("trial").GetInt32());
        Assert.Matches("^ema-cross-search-[0-9a-f]{8}$", name);
    }
}
