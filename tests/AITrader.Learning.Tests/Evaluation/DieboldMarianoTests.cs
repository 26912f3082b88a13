using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class DieboldMarianoTests
{
    // Errors one step ahead of ets() and auto.arima() for WWWusage[81:100]: the example in the manual of R's package forecast. Errors and
    // probabilities as printed in the tests of JuliaStats/HypothesisTests.jl (test/diebold_mariano.jl).
    private static readonly double[] Ets =
    [
        0.002241270,
        -0.000661906,
        -1.200002613,
        -4.000218178,
        3.799373533,
        3.401005111,
        -1.199692125,
        -0.800490048,
        -1.200048999,
        3.399847229,
        7.000708948,
        2.200989241,
        -4.800165569,
        -1.201043375,
        3.400167556,
        3.000709085,
        0.400267950,
        -6.800169207,
        -2.401259050,
        1.200112198,
    ];

    private static readonly double[] Arima =
    [
        0.1209998,
        8.0622269,
        -0.9189429,
        -1.7952436,
        5.3431277,
        2.0459823,
        -0.6073261,
        0.5516816,
        -0.7633238,
        4.1229472,
        5.8785333,
        1.2828331,
        -3.4854233,
        1.1971370,
        3.1709314,
        2.3408457,
        0.4962286,
        -5.9841362,
        0.1537114,
        0.4207951,
    ];

    [Theory]
    [InlineData(1, ForecastLoss.Squared, 0.8871, 0.4435)]
    [InlineData(10, ForecastLoss.Squared, 0.9362, 0.4681)]
    [InlineData(1, ForecastLoss.Absolute, 0.7818, 0.6091)]
    public void Probabilities_are_those_that_R_gives(int horizon, ForecastLoss loss, double twoSided, double firstIsBetter)
    {
        var result = DieboldMariano.Test(Ets, Arima, horizon, loss);

        Assert.Equal(DieboldMarianoOutcome.Tested, result.Outcome);
        Assert.Equal(20, result.Observations);
        Assert.Equal(twoSided, result.TwoSidedP!.Value, 4);
        Assert.Equal(firstIsBetter, result.FirstIsBetterP!.Value, 4);
    }

    // d = -2, -1, 1: mean -2/3, variance 14/9, corrected by 2/3: t = -√(4/7), of two degrees of freedom, whose distribution is a formula:
    // P(T < t) = 1/2 + t / (2·√(2 + t²)) = 1/2 - 1/√18.
    [Fact]
    public void Statistic_agrees_with_one_by_hand()
    {
        var result = DieboldMariano.Test([1, -2, 3], [-3, 3, 2], loss: ForecastLoss.Absolute);

        Assert.Equal(-2 / 3.0, result.MeanLossDifference, 12);
        Assert.Equal(-Math.Sqrt(4 / 7.0), result.Statistic!.Value, 12);
        Assert.Equal(0.5 - (1 / Math.Sqrt(18)), result.FirstIsBetterP!.Value, 10);
        Assert.Equal(1 - (2 / Math.Sqrt(18)), result.TwoSidedP!.Value, 10);
    }

    // d = 0, -3, -5, 0, -9, -11; statistic and probability also in the tests of edoannunziata/dieboldmariano.
    [Fact]
    public void Better_forecast_of_few_observations_is_nearly_significant()
    {
        var result = DieboldMariano.Test([0, 1, 2, 3, 4, 5], [0, 2, 3, 3, 5, 6]);

        Assert.Equal(-2.4905, result.Statistic!.Value, 4);
        Assert.Equal(0.05513, result.TwoSidedP!.Value, 5);
        Assert.Equal(0.05513 / 2, result.FirstIsBetterP!.Value, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void Statistic_agrees_with_a_plain_one(int horizon)
    {
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var (first, second) = (Noise(random, 40, 1), Noise(random, 40, 1.2));

            var result = DieboldMariano.Test(first, second, horizon);

            var (variance, statistic) = Plain(first, second, horizon);
            Assert.Equal(variance > 0 ? DieboldMarianoOutcome.Tested : DieboldMarianoOutcome.TestedAsOneStep, result.Outcome);
            Assert.Equal(variance > 0 ? statistic : Plain(first, second, 1).Statistic, result.Statistic!.Value, 1e-9);
        }
    }

    [Fact]
    public void Other_way_round_is_the_opposite()
    {
        var one = DieboldMariano.Test(Ets, Arima, 3);
        var other = DieboldMariano.Test(Arima, Ets, 3);

        Assert.Equal(-one.Statistic!.Value, other.Statistic!.Value, 12);
        Assert.Equal(one.TwoSidedP!.Value, other.TwoSidedP!.Value, 12);
        Assert.Equal(1, one.FirstIsBetterP!.Value + other.FirstIsBetterP!.Value, 12);
    }

    // The share of false alarms of the two-sided test at 5 %, of 2000 samples: its own deviation is half a percent.
    [Fact]
    public void Equal_forecasts_are_seldom_told_apart()
    {
        var random = new Random(11);

        var alarms = Enumerable.Range(0, 2000).Count(_ => DieboldMariano.Test(Noise(random, 30, 1), Noise(random, 30, 1)).TwoSidedP < 0.05);

        Assert.InRange(alarms / 2000.0, 0.03, 0.07);
    }

    [Fact]
    public void Much_better_forecast_is_told_from_a_worse_one()
    {
        var random = new Random(3);

        var result = DieboldMariano.Test(Noise(random, 100, 1), Noise(random, 100, 3), 2);

        Assert.InRange(result.FirstIsBetterP!.Value, 0, 1e-4);
        Assert.InRange(result.TwoSidedP!.Value, 0, 2e-4);
    }

    [Fact]
    public void Variance_that_is_not_positive_is_replaced_by_that_of_one_step()
    {
        // Differences that change their sign at each step: their autocovariance at lag 1 takes more than the variance gives.
        double[] first = [2, 1, 2, 1, 2, 1, 2.5, 1];
        double[] second = [1, 2, 1, 2, 1, 2, 1, 2];

        var result = DieboldMariano.Test(first, second, 2);

        Assert.Equal(DieboldMarianoOutcome.TestedAsOneStep, result.Outcome);
        var oneStep = DieboldMariano.Test(first, second);
        Assert.Equal(oneStep with { Outcome = DieboldMarianoOutcome.TestedAsOneStep }, result);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 8)]
    public void Fewer_observations_than_steps_are_not_tested(int observations, int horizon) =>
        AssertUntested(
            DieboldMarianoOutcome.TooFewObservations,
            DieboldMariano.Test(Ets.AsSpan(0, observations), Arima.AsSpan(0, observations), horizon)
        );

    [Fact]
    public void One_observation_more_than_steps_is_tested() =>
        Assert.NotNull(DieboldMariano.Test(Ets.AsSpan(0, 5), Arima.AsSpan(0, 5), 4).TwoSidedP);

    [Fact]
    public void Equal_losses_are_not_tested() =>
        AssertUntested(DieboldMarianoOutcome.NoDifference, DieboldMariano.Test(Ets, Array.ConvertAll(Ets, static error => -error)));

    [Fact]
    public void Losses_that_always_differ_by_as_much_are_not_tested()
    {
        double[] first = [.. Enumerable.Range(0, 30).Select(static i => 0.1 * i)];

        var result = DieboldMariano.Test(first, Array.ConvertAll(first, static error => error + 0.3), 2, ForecastLoss.Absolute);

        AssertUntested(DieboldMarianoOutcome.ConstantDifference, result);
        Assert.Equal(-0.3, result.MeanLossDifference, 12);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => DieboldMariano.Test([], []));
        Assert.Throws<ArgumentException>(static () => DieboldMariano.Test([1, 2], [1]));
        Assert.Throws<ArgumentException>(static () => DieboldMariano.Test([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(static () => DieboldMariano.Test([1, 1e200], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => DieboldMariano.Test([1, 2], [1, 2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => DieboldMariano.Test([1, 2], [1, 2], 1, (ForecastLoss)7));
    }

    private static void AssertUntested(DieboldMarianoOutcome outcome, DieboldMarianoResult result)
    {
        Assert.Equal(outcome, result.Outcome);
        Assert.Null(result.Statistic);
        Assert.Null(result.TwoSidedP);
        Assert.Null(result.FirstIsBetterP);
        Assert.True(double.IsFinite(result.MeanLossDifference));
    }

    // The formulas of the papers, word by word, of squared errors.
    private static (double Variance, double Statistic) Plain(double[] first, double[] second, int h)
    {
        var d = first.Zip(second, static (one, other) => (one * one) - (other * other)).ToArray();
        double n = d.Length;
        double Covariance(int lag) => d.Skip(lag).Zip(d, (late, early) => (late - d.Average()) * (early - d.Average())).Sum() / n;
        var variance = (Covariance(0) + (2 * Enumerable.Range(1, h - 1).Sum(Covariance))) / n;
        return (variance, d.Average() / Math.Sqrt(variance) * Math.Sqrt((n + 1 - (2 * h) + (h * (h - 1) / n)) / n));
    }

    // Sum of twelve uniform numbers, which is nearly normal.
    private static double[] Noise(Random random, int count, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => deviation * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6))];
}
