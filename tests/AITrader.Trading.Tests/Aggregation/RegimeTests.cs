using AITrader.Trading.Aggregation;
using FsCheck;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Aggregation;

public sealed class RegimeTests
{
    private static readonly AggregationRules Rules = AggregationRules.Default;

    private static readonly Gen<double[]> Paths = Gen.Choose(-50, 50)
        .ArrayOf(32)
        .Select(static steps =>
        {
            var price = 1_000d;
            return (double[])[price, .. steps.Select(step => price += step)];
        });

    [Fact]
    public void Prices_that_go_one_way_trend_and_those_that_go_back_and_forth_do_not()
    {
        var up = RegimeReading.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], newestStep: 1)!;
        Assert.Equal(new RegimeReading(1, 1, 1), up);
        Assert.Equal((MarketRegime.Trend, 1d), (up.Classify(Rules), up.Value(Rules)));

        var down = RegimeReading.Of([9, 8, 9, 7, 6, 7, 5, 4, 3], newestStep: 1)!;
        Assert.Equal((MarketRegime.Trend, -0.6), (down.Classify(Rules), Math.Round(down.Value(Rules), 9)));

        var back = RegimeReading.Of([1, 2, 1, 2, 1, 2, 1, 2, 1], newestStep: 1)!;
        Assert.Equal((MarketRegime.Range, 0d), (back.Classify(Rules), back.Value(Rules)));
    }

    [Fact]
    public void Newest_steps_of_twice_the_average_make_a_market_volatile_whatever_its_trend()
    {
        var burst = RegimeReading.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], newestStep: 2)!;
        Assert.Equal((MarketRegime.Volatile, 0d), (burst.Classify(Rules), burst.Value(Rules)));
        var almost = RegimeReading.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], newestStep: 1.999)!;
        Assert.Equal(MarketRegime.Trend, almost.Classify(Rules));
    }

    [Fact]
    public void Too_few_prices_or_none_that_are_numbers_have_no_regime()
    {
        Assert.Null(RegimeReading.Of([1, 2, 3, 4, 5, 6, 7], 1));
        Assert.Null(RegimeReading.Of([1, 2, 3, double.NaN, 5, 6, 7, 8], 1));
        Assert.Null(RegimeReading.Of([1, 2, 3, 4, 5, 6, 7, 8], double.NaN));
        Assert.Equal(new RegimeReading(0, 0, 1), RegimeReading.Of([5, 5, 5, 5, 5, 5, 5, 5], 0));
    }

    [Fact]
    public void Efficiency_lies_within_bounds_and_neither_a_shift_nor_a_scale_of_prices_changes_the_state() =>
        Property.Holds(Paths, static prices =>
        {
            var of = RegimeReading.Of(prices, 20)!;
            Assert.InRange(of.Efficiency, 0, 1);
            var scaled = RegimeReading.Of([.. prices.Select(static price => (price * 4) + 512)], 80)!;
            Assert.Equal(of.Direction, scaled.Direction);
            Assert.Equal(of.Efficiency, scaled.Efficiency, 9);
            Assert.Equal(of.StepRatio, scaled.StepRatio, 9);
            var back = RegimeReading.Of([.. prices.Reverse()], 20)!;
            Assert.Equal(-of.Value(Rules), back.Value(Rules), 9);
        });
}
