using AITrader.Backtesting.Runs;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Strategies.Exits;
using static AITrader.Backtesting.Tests.Exits.ExitStrategy;

namespace AITrader.Backtesting.Tests.Exits;

/// <summary>Stops, targets and trailing stops. An entry at tick 2 is executed at tick 3, at 100.1; tick n is n - 1 seconds after the
/// start.</summary>
public sealed class ProtectiveOrderTests
{
    private static readonly Distance OnePercent = Distance.Bps(100m); // 1.001 of 100.1

    [Fact]
    public void A_stop_closes_at_what_is_quoted_after_the_trade_at_its_trigger()
    {
        // 100.1 - 1.001 = 99.099, on the grid 99.1: set off by the trade of tick 6, executed at tick 7.
        var result = Run(Seconds(Steady(4, 99.2m, 99.1m, 98.9m, 98m)), static one => one.Rules.Stop(one.Symbol, OnePercent), BuyAt(2));
        Assert.Equal([(Side.Buy, 100.1m, 3, "entry"), (Side.Sell, 98.8m, 7, "stop")], Fills(result));
        Assert.Equal(99.1m, result.Orders[1].Request.Conditions.TriggerPrice);
    }

    [Fact]
    public void A_target_closes_at_its_price()
    {
        // 100.1 + 1.001 = 101.101, on the grid 101.2: the bid of tick 6.
        var result = Run(Seconds(Steady(4, 101.2m, 101.3m, 99m)), static one => one.Rules.Target(one.Symbol, OnePercent), BuyAt(2));
        Assert.Equal([(Side.Buy, 100.1m, 3, "entry"), (Side.Sell, 101.2m, 6, "target")], Fills(result));
    }

    [Theory]
    [InlineData(102, "target", "stop")]
    [InlineData(98, "stop", "target")]
    public void Of_a_stop_and_a_target_one_cancels_the_other(double price, string executed, string cancelled)
    {
        var result = Run(
            Seconds(Steady(4, (decimal)price, (decimal)price, 100m, 98m, 102m)),
            static one =>
            {
                one.Rules.Stop(one.Symbol, OnePercent);
                one.Rules.Target(one.Symbol, OnePercent);
            },
            BuyAt(2)
        );
        Assert.Equal(2, result.Fills.Count);
        Assert.Equal(executed, Fills(result)[1].Item4);
        Assert.Equal("OCO_SIBLING_FILLED", result.Orders.Single(order => order.Request.Origin == cancelled).Reason);
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_trade()
    {
        // Its distance stays 1.001: at best 105 the trigger is 103.999, set off by 103.9 and not by 104.
        var prices = Steady(4, 103m, 105m, 104m, 103.9m, 103.5m, 90m);
        var result = Run(Seconds(prices), static one => one.Rules.Trail(one.Symbol, OnePercent), BuyAt(2));
        Assert.Equal([(Side.Buy, 100.1m, 3, "entry"), (Side.Sell, 103.4m, 9, "trailing stop")], Fills(result));
    }

    [Fact]
    public void A_trailing_stop_holds_from_the_entry_on()
    {
        var result = Run(Seconds(Steady(4, 99m, 98.5m, 98m)), static one => one.Rules.Trail(one.Symbol, OnePercent), BuyAt(2));
        Assert.Equal((Side.Sell, 98.4m, 6, "trailing stop"), Fills(result)[1]);
    }

    [Fact]
    public void A_distance_of_true_ranges_is_that_of_the_bars_which_were_over()
    {
        // 99 and 101 in turn: a true range of 2, twice that away; the spike to 110 is in a bar that is not over.
        var prices = Enumerable.Range(0, 60).Select(static i => i == 31 ? 110m : 100m + (i % 2 == 0 ? -1m : 1m)).ToArray();
        var result = Run(
            Seconds(prices),
            static one => one.Rules.Stop(one.Symbol, Distance.Atr(one.Range, 2)),
            static (one, tick) =>
            {
                if (tick.Seq is 5 or 33)
                {
                    one.Trading.Buy(one.Symbol, 1m, "entry");
                }
            }
        );

        // At tick 5 no bar was over: without a distance nothing is entered.
        Assert.Equal([(Side.Buy, 101.1m, 34, "entry")], Fills(result));
        Assert.Equal(97.1m, result.Orders[1].Request.Conditions.TriggerPrice);
    }

    [Fact]
    public void A_short_position_has_its_exits_above_and_below()
    {
        var result = Run(
            Seconds(Steady(4, 101m, 101.5m, 102m)),
            static one =>
            {
                one.Rules.Stop(one.Symbol, OnePercent);
                one.Rules.Target(one.Symbol, OnePercent);
            },
            static (one, tick) =>
            {
                if (tick.Seq == 2)
                {
                    one.Trading.Sell(one.Symbol, 1m, "entry");
                }
            }
        );

        // Sold at 99.9: 100.899, a buy stop on the grid below; 98.901 for the target.
        Assert.Equal([(Side.Sell, 99.9m, 3, "entry"), (Side.Buy, 101.6m, 6, "stop")], Fills(result));
        Assert.Equal(
            (100.8m, 98.9m),
            (result.Orders[1].Request.Conditions.TriggerPrice!.Value, result.Orders[2].Request.LimitPrice!.Value)
        );
    }

    [Fact]
    public void Each_entry_has_its_own_and_a_flip_leaves_none_of_the_other_side()
    {
        var result = Run(
            Seconds(Steady(12)),
            static one => one.Rules.Stop(one.Symbol, OnePercent),
            static (one, tick) =>
            {
                _ = tick.Seq switch
                {
                    2 or 4 => one.Trading.Buy(one.Symbol, 1m),
                    7 => one.Trading.Sell(one.Symbol, 3m),
                    _ => null,
                };
            }
        );
        var stops = result.Orders.Where(static order => order.Request.Origin == "stop").ToList();
        Assert.Equal([(Side.Sell, 1m), (Side.Sell, 1m), (Side.Buy, 1m)], stops.Select(static stop => (stop.Request.Side, stop.Quantity)));
        Assert.Equal([false, false, true], stops.Select(static stop => !stop.State.IsTerminal));
        Assert.All(stops, static stop => Assert.True(stop.Request.Conditions.ReduceOnly));
    }

    [Fact]
    public void A_stop_that_waits_is_not_counted_as_a_trade_to_come()
    {
        var result = Run(
            Seconds(Steady(12)),
            static one =>
            {
                one.Rules.Stop(one.Symbol, OnePercent);
                one.Rules.Target(one.Symbol, OnePercent);
            },
            static (one, _) => one.Trading.SetPosition(one.Symbol, 2m, "hold")
        );
        Assert.Equal(2m, Assert.Single(result.Fills).Quantity);
    }

    [Fact]
    public void A_stop_that_is_refused_closes_the_position()
    {
        // Prices without decimals: the exchange would refuse the trigger.
        var terms = InstrumentCatalogue.Default.Get("BTCUSDT") with { PriceDecimals = 0 };
        var strategy = new ExitStrategy { Start = static one => one.Rules.Stop(one.Symbol, OnePercent), Act = BuyAt(2) };
        var result = ExitStrategy.Run(Seconds(Steady(6)), strategy, InstrumentCatalogue.Default.With([terms]));
        Assert.Equal([(Side.Buy, 100.1m, 3, "entry"), (Side.Sell, 99.9m, 4, "stop refused")], Fills(result));
        Assert.StartsWith("PRICE_PRECISION", result.Orders[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_a_kind_are_refused()
    {
        var problem = Assert.Throws<BacktestException>(static () =>
            Run(
                Seconds(Steady(3)),
                static one =>
                {
                    one.Rules.Stop(one.Symbol, OnePercent);
                    one.Rules.Stop(one.Symbol, Distance.Bps(50m));
                },
                static (_, _) => { }
            )
        );
        Assert.Contains("BTCUSDT has a stop already", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000)]
    public void A_distance_makes_sense(int bps) => Assert.Throws<ArgumentOutOfRangeException>(() => Distance.Bps(bps));
}
