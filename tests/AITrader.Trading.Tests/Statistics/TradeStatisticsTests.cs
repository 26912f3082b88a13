using AITrader.Trading.Statistics;
using AITrader.Trading.Tests.Ledger;

namespace AITrader.Trading.Tests.Statistics;

public sealed class TradeStatisticsTests
{
    [Fact]
    public void Counts_profit_after_fees()
    {
        // Net: 29, 9, -11, -21, 0, 4; the fourth one's fee makes its loss larger, the fifth one's eats its profit.
        var found = TradeStatistics.Of([
            Samples.Trade(30m, 0, 1, 1m),
            Samples.Trade(10m, 1, 2, 1m),
            Samples.Trade(-10m, 2, 3, 1m),
            Samples.Trade(-20m, 3, 4, 1m),
            Samples.Trade(1m, 4, 5, 1m),
            Samples.Trade(5m, 5, 6, 1m),
        ]);
        Assert.Equal((6, 3, 2), (found.Count, found.Wins, found.Losses));
        Assert.Equal((42m, -32m, 10m, 6m), (found.GrossProfit, found.GrossLoss, found.NetProfit, found.Fees));
        Assert.Equal(0.5, found.WinRate);
        Assert.Equal(42.0 / 32, found.ProfitFactor);
        Assert.Equal(10m / 6m, found.Expectancy);
        Assert.Equal((14m, -16m), (found.AverageWin, found.AverageLoss));
        Assert.Equal(14.0 / 16, found.Payoff);
        Assert.Equal((29m, -21m), (found.LargestWin, found.LargestLoss));
        Assert.Equal((2, 2), (found.LongestWinningStreak, found.LongestLosingStreak));
        Assert.Equal(TimeSpan.FromDays(1), found.AverageHeld);
        Assert.Equal((-20m, 30m), (found.WorstAdverse, found.BestFavourable));
        Assert.Equal((-34m / 6m, 51m / 6m), (found.AverageAdverse, found.AverageFavourable));
    }

    [Fact]
    public void Streaks_follow_the_exits_and_break_at_a_trade_that_made_nothing()
    {
        var found = TradeStatistics.Of([Samples.Trade(1m, 0, 1), Samples.Trade(0m, 1, 3), Samples.Trade(1m, 2, 2.5)]);
        Assert.Equal((2, 0), (found.LongestWinningStreak, found.LongestLosingStreak));
    }

    [Fact]
    public void Without_a_trade_all_is_undefined_but_the_counts()
    {
        var none = TradeStatistics.Of([]);
        Assert.Equal((0, 0m), (none.Count, none.NetProfit));
        Assert.Null(none.WinRate);
        Assert.Null(none.ProfitFactor);
        Assert.Null(none.Expectancy);
        Assert.Null(none.AverageWin);
        Assert.Null(none.AverageLoss);
        Assert.Null(none.Payoff);
        Assert.Null(none.LargestWin);
        Assert.Null(none.LargestLoss);
        Assert.Null(none.AverageAdverse);
        Assert.Null(none.AverageFavourable);
        Assert.Null(none.WorstAdverse);
        Assert.Null(none.BestFavourable);
        Assert.Null(none.AverageHeld);
    }

    [Fact]
    public void Without_a_loss_profit_factor_and_payoff_are_undefined()
    {
        var found = TradeStatistics.Of([Samples.Trade(1m)]);
        Assert.Null(found.ProfitFactor);
        Assert.Null(found.Payoff);
        Assert.Equal(1.0, found.WinRate);
    }

    [Fact]
    public void Exposure_counts_time_once_however_many_trades_are_open()
    {
        double? Exposure(params (double From, double To)[] spans) =>
            ActivityStatistics.Exposure(
                Samples.Day(0),
                Samples.Day(10),
                spans.Select(static span => Samples.Trade(1m, span.From, span.To)),
                []
            );

        Assert.Equal(0, Exposure());
        Assert.Equal(0.3, Exposure((1, 3), (2, 4)));
        Assert.Equal(0.4, Exposure((1, 5), (2, 3)));
        Assert.Equal(0.5, Exposure((-2, 1), (6, 12)));
        Assert.Equal(0.6, ActivityStatistics.Exposure(Samples.Day(0), Samples.Day(10), [Samples.Trade(1m, 0, 2)], [Samples.Day(6)]));
        Assert.Null(ActivityStatistics.Exposure(Samples.Day(0), Samples.Day(0), [], []));
    }

    [Fact]
    public void Turnover_is_of_the_mean_equity_and_a_year()
    {
        Assert.Equal(500.0 / 200 * 252 / 2, ActivityStatistics.Turnover(500m, [100m, 300m], 252)!.Value, 1e-9);
        Assert.Null(ActivityStatistics.Turnover(500m, [], 252));
        Assert.Null(ActivityStatistics.Turnover(500m, [-100m, 100m], 252));
    }

    [Fact]
    public void Slippage_is_what_was_paid_above_or_received_below_the_arrival_price()
    {
        var found = CostStatistics.Of([
            new ArrivalFill(Executions.Of(2m, 101m, 0.3m), 100m), // 2 worse
            new ArrivalFill(Executions.Of(-1m, 99m, 0.1m), 100m), // 1 worse
            new ArrivalFill(Executions.Of(-2m, 101m, 0m), 100m), // 2 better
            new ArrivalFill(Executions.Of(5m, 20m, 0m), null), // not known
        ]);
        Assert.Equal((4, 603m, 0.4m, 1m), (found.Fills, found.Notional, found.Fees, found.Slippage));
        Assert.Equal(0.4 / 603 * 10_000, found.FeeBps!.Value, 1e-9);
        Assert.Equal(1.0 / 500 * 10_000, found.SlippageBps!.Value, 1e-9);
    }

    [Fact]
    public void Unknown_slippage_is_not_none()
    {
        Assert.Null(CostStatistics.Of([new ArrivalFill(Executions.Of(1m, 1m, 0m), null)]).Slippage);
        Assert.Null(CostStatistics.Of([]).FeeBps);
        Assert.Null(CostStatistics.Of([]).SlippageBps);
    }
}
