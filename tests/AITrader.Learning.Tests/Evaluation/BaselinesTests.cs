using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class BaselinesTests
{
    [Fact]
    public void Persistence_repeats_the_last_value() => Assert.Equal([3, 3, 3], Baselines.Persistence([1, 2, 3], 3));

    [Theory]
    [InlineData(1, new double[] { 5, 5, 5, 5 })]
    [InlineData(2, new double[] { 4, 5, 4, 5 })]
    [InlineData(5, new double[] { 1, 2, 3, 4 })]
    public void Seasonal_naive_repeats_the_last_season(int period, double[] expected) =>
        Assert.Equal(expected, Baselines.SeasonalNaive([1, 2, 3, 4, 5], 4, period));

    [Fact]
    public void Seasonal_naive_needs_a_season()
    {
        var refusal = Assert.Throws<ArgumentException>(static () => Baselines.SeasonalNaive([1, 2], 1, 3));
        Assert.Contains("has 2 values, but a season of 3 steps needs at least 3", refusal.Message);
    }

    // Mean of 1 2 3 is 2; alpha 1/2: 2 + (6 - 2)/2 = 4, 4 + (2 - 4)/2 = 3.
    [Fact]
    public void Exponential_average_starts_from_a_plain_mean() =>
        Assert.Equal([3.0, 3.0], Baselines.ExponentialAverage([1, 2, 3, 6, 2], 2, 3));

    [Fact]
    public void Exponential_average_of_one_step_is_persistence() =>
        Assert.Equal(Baselines.Persistence([1, 7, 4], 2), Baselines.ExponentialAverage([1, 7, 4], 2, 1));

    [Fact]
    public void Exponential_average_needs_its_span()
    {
        Assert.Equal([2.0], Baselines.ExponentialAverage([1, 2, 3], 1, 3));
        Assert.Throws<ArgumentException>(static () => Baselines.ExponentialAverage([1, 2], 1, 3));
    }

    [Fact]
    public void Smoothing_of_one_value_or_of_equal_ones_is_that_value()
    {
        Assert.Equal([5.0], Baselines.SimpleSmoothing([5], 1));
        Assert.Equal([7.0, 7.0], Baselines.SimpleSmoothing([7, 7, 7, 7], 2));
        Assert.Equal(0, ExponentialSmoothing.Fit([7, 7, 7, 7]).MeanSquaredError);
    }

    [Fact]
    public void Smoothing_of_a_jump_follows_it_and_of_noise_averages_it()
    {
        var jump = ExponentialSmoothing.Fit([1, 1, 1, 1, 9, 9, 9, 9]);
        var noise = ExponentialSmoothing.Fit([5, 3, 5, 3, 5, 3, 5, 3]);

        Assert.Equal(0.9999, jump.Alpha, 4);
        Assert.Equal(9, jump.Level, 2);
        Assert.Equal(0.0001, noise.Alpha, 4);
        Assert.Equal(4, noise.Level, 2);
    }

    // No alpha and first level of a fine grid are better than those that were found.
    [Fact]
    public void Smoothing_has_the_least_squared_error()
    {
        double[] values = [12, 14, 13, 17, 16, 15, 19, 22, 18, 21, 23, 20];

        var fit = ExponentialSmoothing.Fit(values);

        Assert.InRange(fit.Alpha, 0.05, 0.95);
        Assert.Equal(fit.MeanSquaredError, MeanSquaredError(values, fit.Alpha, fit.FirstLevel), 12);
        for (var alpha = 0.0001; alpha < 1; alpha += 0.002)
        {
            for (var first = 8.0; first < 25; first += 0.05)
            {
                Assert.True(fit.MeanSquaredError <= MeanSquaredError(values, alpha, first) + 1e-9, $"{alpha}, {first}");
            }
        }
    }

    [Fact]
    public void Forecasts_do_not_depend_on_the_unit()
    {
        double[] values = [12, 14, 13, 17, 16, 15, 19, 22, 18, 21, 23, 20];
        var thousands = Array.ConvertAll(values, static value => value * 1024);

        Assert.Equal(1024 * Baselines.SimpleSmoothing(values, 1)[0], Baselines.SimpleSmoothing(thousands, 1)[0], 9);
        Assert.Equal(1024 * Baselines.Naive2(values, 1, 4)[0], Baselines.Naive2(thousands, 1, 4)[0], 9);
    }

    [Fact]
    public void Horizon_period_and_span_must_be_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => Baselines.Persistence([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Baselines.SeasonalNaive([1], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Baselines.Naive2([1], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Baselines.SimpleSmoothing([1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Baselines.ExponentialAverage([1], 1, 0));
    }

    [Theory]
    [InlineData]
    [InlineData(1.0, double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void History_must_be_finite_values(params double[] history)
    {
        Assert.Throws<ArgumentException>(() => Baselines.Persistence(history, 1));
        Assert.Throws<ArgumentException>(() => Baselines.SeasonalNaive(history, 1, 1));
        Assert.Throws<ArgumentException>(() => Baselines.Naive2(history, 1, 1));
        Assert.Throws<ArgumentException>(() => Baselines.SimpleSmoothing(history, 1));
        Assert.Throws<ArgumentException>(() => Baselines.ExponentialAverage(history, 1, 1));
    }

    private static double MeanSquaredError(double[] values, double alpha, double level)
    {
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - level) * (value - level);
            level = (alpha * value) + ((1 - alpha) * level);
        }

        return squares / values.Length;
    }
}
