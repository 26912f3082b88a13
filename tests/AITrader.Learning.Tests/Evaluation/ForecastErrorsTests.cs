using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class ForecastErrorsTests
{
    [Fact]
    public void Smape_is_the_mean_of_its_pairs() =>
        // 200·1/3, 200·2/6, 0 of two zeros, 200 of opposite signs.
        Assert.Equal((66.666666666666667 + 66.666666666666667 + 0 + 200) / 4, ForecastErrors.Smape([1, 4, 0, 3], [2, 2, 0, -5]), 12);

    [Theory]
    [InlineData(1e308, -1e308, 200)]
    [InlineData(1.7e308, 1.7e308, 0)]
    [InlineData(5e-324, 0, 200)]
    public void Smape_of_extreme_values_is_a_number(double actual, double forecast, double expected) =>
        Assert.Equal(expected, ForecastErrors.Smape([actual], [forecast]));

    [Fact]
    public void Mape_is_a_percentage_of_the_actual_value() =>
        Assert.Equal((50 + 25) / 2.0, ForecastErrors.Mape([2, -4], [3, -3])!.Value, 12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0)]
    [InlineData(1e-300, 1e300)]
    public void Mape_is_undefined_of_an_actual_zero(double actual, double forecast) =>
        Assert.Null(ForecastErrors.Mape([1, actual], [1, forecast]));

    [Theory]
    [InlineData(1, 2.5 / 2)]
    [InlineData(2, 2.5 / 1.5)]
    public void Mase_is_scaled_by_the_seasonal_naive_error_of_history(int period, double expected) =>
        // One step: |2|, |1|, |3| of 1 3 2 5; two steps: |1|, |2|.
        Assert.Equal(expected, ForecastErrors.Mase([1, 3, 2, 5], [6, 8], [4, 5], period)!.Value, 12);

    [Theory]
    [InlineData(1, 4.0, 4.0, 4.0)]
    [InlineData(2, 1.0, 2.0, 1.0, 2.0)]
    [InlineData(3, 1.0, 2.0, 3.0)]
    [InlineData(1, 5.0)]
    public void Mase_is_undefined_of_a_history_without_scale(int period, params double[] history) =>
        Assert.Null(ForecastErrors.Mase(history, [6], [4], period));

    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(static () => ForecastErrors.Smape([1, 2], [1]));

        Assert.Equal("forecast", refusal.ParamName);
        Assert.Contains("has 1 values, but actual has 2", refusal.Message);
        Assert.Throws<ArgumentException>(static () => ForecastErrors.Mape([1], [1, 2]));
        Assert.Throws<ArgumentException>(static () => ForecastErrors.Mase([1, 2], [1], [1, 2]));
    }

    [Fact]
    public void Series_without_values_are_refused()
    {
        Assert.Throws<ArgumentException>(static () => ForecastErrors.Smape([], []));
        Assert.Throws<ArgumentException>(static () => ForecastErrors.Mape([], []));
        Assert.Throws<ArgumentException>(static () => ForecastErrors.Mase([], [1], [1]));
        Assert.Throws<ArgumentException>(static () => ForecastSummary.Of([]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Values_that_are_not_finite_are_refused(double value)
    {
        var refusal = Assert.Throws<ArgumentException>(() => ForecastErrors.Smape([1, 2], [1, value]));

        Assert.Equal("forecast", refusal.ParamName);
        Assert.Contains("value 1 is", refusal.Message);
        Assert.Throws<ArgumentException>(() => ForecastErrors.Mape([value], [1]));
        Assert.Throws<ArgumentException>(() => ForecastErrors.Mase([value, 1], [1], [1]));
    }

    [Fact]
    public void Period_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => ForecastErrors.Mase([1, 2], [1], [1], 0));

    [Fact]
    public void Owa_averages_over_series_before_it_divides()
    {
        var method = ForecastSummary.Of([new(10, 1), new(2, 3)]);
        var benchmark = ForecastSummary.Of([new(5, 4), new(3, 1)]);

        // sMAPE 6 against 4, MASE 2 against 2.5.
        Assert.Equal(((6 / 4.0) + (2 / 2.5)) / 2, method.Owa(benchmark)!.Value, 12);
    }

    [Fact]
    public void Series_without_a_scale_count_only_in_the_smape()
    {
        var summary = ForecastSummary.Of([new(10, null), new(2, 3)]);

        Assert.Equal(new ForecastSummary(2, 1, 6, 3), summary);
        Assert.Null(ForecastSummary.Of([new(10, null)]).Mase);
    }

    [Fact]
    public void Owa_is_undefined_without_something_to_divide_by()
    {
        var method = ForecastSummary.Of([new(10, 1)]);
        var unscaled = ForecastSummary.Of([new(10, null)]);

        Assert.Null(method.Owa(ForecastSummary.Of([new(0, 1)])));
        Assert.Null(method.Owa(ForecastSummary.Of([new(10, 0)])));
        Assert.Null(unscaled.Owa(unscaled));
    }

    [Fact]
    public void Owa_against_other_series_is_refused()
    {
        var method = ForecastSummary.Of([new(10, 1), new(2, 3)]);

        Assert.Throws<ArgumentException>(() => method.Owa(ForecastSummary.Of([new(10, 1)])));
        Assert.Throws<ArgumentException>(() => method.Owa(ForecastSummary.Of([new(10, 1), new(2, null)])));
    }
}
