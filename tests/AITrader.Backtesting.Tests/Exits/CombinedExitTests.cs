using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Domain.Sessions;
using AITrader.Strategies;
using AITrader.Strategies.Data;
using AITrader.Strategies.Exits;
using AITrader.Trading.Sizing;
using static AITrader.Backtesting.Tests.Exits.ExitStrategy;

namespace AITrader.Backtesting.Tests.Exits;

public sealed class CombinedExitTests
{
    [Fact]
    public void Nothing_is_decided_with_data_that_comes_later()
    {
        var tape = Tapes.Walk(5, 20_000);
        var whole = Run(tape).Orders;
        Assert.All((string[])["entry", "stop", "target", "trailing stop", "time", "daily loss"], tag =>
            Assert.Contains(whole, order => order.Request.Origin == tag)
        );
        foreach (var length in (int[])[5_000, 9_999, 15_001])
        {
            var part = Run(tape.Slice(0, length)).Orders;
            var expected = whole.Where(order => order.Request.Seq < length).Select(Essence);
            Assert.Equal(expected, part.Where(order => order.Request.Seq < length).Select(Essence));
        }

        static Backtesting.Runs.BacktestResult Run(Data.MarketTape tape) =>
            Backtesting.Runs.Backtest.Run(tape, new All(), "test", new(), null, TestContext.Current.CancellationToken);

        static (Side, OrderType, decimal, decimal?, string, DateTimeOffset, long) Essence(Order order) =>
            (
                order.Request.Side,
                order.Request.Type,
                order.Request.Quantity,
                order.Request.Conditions.TriggerPrice ?? order.Request.LimitPrice,
                order.Request.Origin,
                order.Request.EventTime,
                order.Request.Seq
            );
    }

    [Fact]
    public void A_size_of_all_the_equity_is_not_denied_for_want_of_cash()
    {
        var sizes = new List<decimal>();
        var result = ExitStrategy.Run(
            Seconds(Steady(10)),
            static _ => { },
            (one, tick) =>
            {
                if (tick.Seq is 2 or 5)
                {
                    var size = one.Sizes.FixedFraction(one.Symbol, 1m);
                    sizes.Add(size.Quantity);
                    one.Trading.Buy(one.Symbol, size.Quantity);
                }
            }
        );

        // 100 000 / (100 * 1.01 * 1.0004) = 989.703…; 989.703 * 100.1 * 1.0004 later 891.10… / 101.0404.
        Assert.Equal([989.703m, 8.819m], sizes);
        Assert.Equal(sizes, result.Fills.Select(static fill => fill.Quantity));
    }

    [Fact]
    public void Each_method_sizes_from_the_account()
    {
        PositionSize[] sizes = [];
        ExitStrategy.Run(
            Seconds(Steady(4)),
            static _ => { },
            (one, _) =>
                sizes = [
                    one.Sizes.EqualWeight(one.Symbol, 0.5m),
                    one.Sizes.VolatilityTarget(one.Symbol, 0.1, 0.4),
                    one.Sizes.Kelly(one.Symbol, Kelly.OfTrades(0.55, 1), 0.25m),
                    one.Sizes.AtrRisk(one.Symbol, 2.5, 0.01m),
                    one.Sizes.AtrRisk(one.Symbol, double.NaN, 0.01m),
                ]
        );
        Assert.Equal([500m, 250m, 50m, 200m, 0m], sizes.Select(static size => size.Quantity));
    }

    [Fact]
    public void What_moves_with_what_is_held_is_sized_down()
    {
        // 400 units of 100 are 0.4 of the equity; held or new, the weight is the volatility: at most 0.6 together, so half of another 0.4.
        double[] returns = [.. Enumerable.Range(0, 20).Select(static i => i % 2 == 0 ? 0.01 : -0.01)];
        var limits = new CorrelationLimits(0.6, 9_500);
        var known = new Dictionary<string, IReadOnlyList<double>> { ["BTCUSDT"] = returns };
        PositionSize? fits = null;
        PositionSize? unknown = null;
        ExitStrategy.Run(
            Seconds(Steady(8)),
            static _ => { },
            (one, tick) =>
            {
                BuyAt(2, 400m)(one, tick);
                fits = one.Sizes.Beside(one.Symbol, Side.Buy, new PositionSize.Lots(400m), known, limits);
                unknown = one.Sizes.Beside(one.Symbol, Side.Buy, fits, new Dictionary<string, IReadOnlyList<double>>(), limits);
            }
        );
        Assert.InRange(fits!.Quantity, 199.5m, 200m); // the fees and half the spread are off the equity
        Assert.Equal(SizeCodes.ReturnsInvalid, Assert.IsType<PositionSize.None>(unknown).Reason.Code);
    }

    private sealed class All : Strategy
    {
        private Line _fast = null!;
        private Line _slow = null!;

        protected override void OnStart()
        {
            var feed = Data.Bars("BTCUSDT", TimeSpan.FromSeconds(30));
            (_fast, _slow) = (feed.Ema(3), feed.Ema(8));
            Exits.Stop("BTCUSDT", Distance.Bps(40m));
            Exits.Target("BTCUSDT", Distance.Atr(feed.Atr(5), 3));
            Exits.Trail("BTCUSDT", Distance.Bps(60m));
            Exits.AfterBars(feed, 12);
            Exits.BeforeClose(SessionCalendar.UtcDays, 15m);
            Exits.DailyLoss(0.005m * Portfolio.Equity);
        }

        protected override void OnBar(BarFeed feed, in Bar bar)
        {
            if (_fast.CrossedAbove(_slow) && Portfolio.PositionOf(feed.Symbol).Quantity == 0m)
            {
                Orders.Buy(feed.Symbol, Sizing.FixedFraction(feed.Symbol, 0.3m).Quantity, "entry");
            }
        }
    }
}
