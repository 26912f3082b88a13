using AITrader.Learning.Evaluation;
using AITrader.TestSupport;

namespace AITrader.Learning.Tests.Evaluation;

public sealed class SeasonalAdjustmentTests
{
    private const int Period = 24;

    // The first day of the competition's own forecasts: submission-Naive2 of Mcompetitions/M4-methods.
    private static readonly Dictionary<string, double[]> Published = new(StringComparer.Ordinal)
    {
        ["H1"] =
        [
            620.173495,
            555.3455926,
            510.3509078,
            477.5931604,
            456.2823993,
            442.5053044,
            441.5903341,
            452.122944,
            464.3098992,
            502.674545,
            561.3786125,
            629.2626673,
            695.3280041,
            748.8696219,
            788.0515585,
            814.2801962,
            827.3529347,
            831.8158372,
            831.1113254,
            818.9708344,
            790.8010799,
            751.2904775,
            734.2298891,
            684,
        ],
        ["H414"] =
        [
            11.1983441,
            8.852030873,
            7.925559174,
            9.929514093,
            14.49168127,
            28.20121621,
            38.63140078,
            45.57132594,
            54.7308536,
            54.77904378,
            58.34374871,
            61.07521461,
            61.71996258,
            68.72424483,
            74.46969462,
            72.59295236,
            74.08123415,
            71.04928356,
            69.01585963,
            55.2905813,
            46.25475641,
            38.75889223,
            27.11909475,
            17,
        ],
    };

    [Fact]
    public void Naive2_with_a_season_is_what_the_competition_published()
    {
        var hourly = M4Series.Read("Hourly-train.csv.gz");

        Assert.All(Published, series =>
        {
            var forecast = Baselines.Naive2(hourly[series.Key], 2 * Period, Period);
            Assert.All(forecast.Zip([.. series.Value, .. series.Value]), static pair =>
                Assert.Equal(pair.Second, pair.First, 1e-8 * pair.Second)
            );
        });
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Factors_of_a_pure_season_are_its_own(int period)
    {
        var season = new[] { 0.5, 0.8, 1.2, 1.5, 1.0 }[..period];
        var history = Cycle(season, (6 * period) + 2);

        var adjustment = SeasonalAdjustment.Of(history, period);

        Assert.Equal(period, adjustment.Factors.Length);
        Assert.Equal(1, Mean(adjustment.Factors), 12);
        for (var i = 0; i < adjustment.Adjusted.Length; i++)
        {
            Assert.Equal(Mean(season), adjustment.Adjusted[i], 12);
        }

        // The series ends two steps into a season.
        Assert.Equal(season[2], Baselines.Naive2(history, 3, period)[0], 12);
        Assert.Equal(season[3], adjustment.Restore([Mean(season), Mean(season)])[1], 12);
        Assert.Equal(season[2], Baselines.SimpleSmoothing(history, 1, period)[0], 9);
    }

    [Fact]
    public void Decomposition_agrees_with_one_by_hand()
    {
        // Trend: (a/2 + b + c/2) / 2 at all but the first and last value.
        double[] history = [1, 6, 1, 6, 2, 7, 2, 7, 3, 8];

        var adjustment = SeasonalAdjustment.Of(history, 2);

        var even = ((1 / 3.5) + (2 / 4.25) + (2 / 4.5) + (3 / 5.25)) / 4;
        var odd = ((6 / 3.5) + (6 / 3.75) + (7 / 4.5) + (7 / 4.75)) / 4;
        var mean = (even + odd) / 2;
        Assert.Equal(even / mean, adjustment.Factors[0], 12);
        Assert.Equal(odd / mean, adjustment.Factors[1], 12);
        Assert.Equal(8 / odd * even, Baselines.Naive2(history, 1, 2)[0], 12);
    }

    [Fact]
    public void Series_without_a_season_is_left_alone()
    {
        double[] history = [5, 6, 5.5, 7, 6.5, 6, 7.5, 8, 7, 7.5, 8.5, 9];

        Assert.False(SeasonalAdjustment.IsSeasonal(history, 4));
        Assert.Equal(history, SeasonalAdjustment.Of(history, 4).Adjusted.ToArray());
        Assert.Equal(Baselines.Persistence(history, 5), Baselines.Naive2(history, 5, 4));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void Season_shows_from_three_of_them(int length, bool seasonal) =>
        Assert.Equal(seasonal, SeasonalAdjustment.IsSeasonal(Cycle([9, 1, 1, 1], length), 4));

    // The competition's program asks R for autocorrelations up to 10·log10(n): 21 of 156 values.
    [Theory]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public void No_season_is_seen_beyond_the_lags_that_R_computes(int period, bool seasonal)
    {
        double[] season = [.. Enumerable.Range(0, period).Select(i => 2 + Math.Sin(2 * Math.PI * i / period))];

        Assert.Equal(seasonal, SeasonalAdjustment.IsSeasonal(Cycle(season, 156), period));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0.1)]
    public void Constant_series_has_no_season(double value) => Assert.False(SeasonalAdjustment.IsSeasonal(Cycle([value], 30), 4));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Season_that_multiplies_needs_values_above_zero(double value)
    {
        double[] history = [1, 2, value, 4];

        var refusal = Assert.Throws<ArgumentException>(() => Baselines.Naive2(history, 1, 2));
        Assert.Contains("value 2", refusal.Message);
        Assert.Equal([4.0], Baselines.Naive2(history, 1, 1));
    }

    private static double[] Cycle(double[] season, int length) => [.. Enumerable.Range(0, length).Select(i => season[i % season.Length])];

    private static double Mean(ReadOnlySpan<double> values) => values.ToArray().Average();
}
