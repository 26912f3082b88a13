using AITrader.Learning.Evaluation;

namespace AITrader.Learning.Tests.Evaluation;

/// <summary>Leaks that are planted are found, and features that have none are not accused.</summary>
public sealed class LookAheadTests
{
    private static readonly double[] Prices = [.. Enumerable.Range(0, 80).Select(static i => 100 + (10 * Math.Sin(i * 0.7)) + (i * 0.1))];

    [Fact]
    public void Means_and_changes_of_the_past_know_nothing() =>
        Assert.Null(
            LookAhead.Find(
                static series =>
                    [
                        .. series.Select(
                            (value, i) => new[] { value - series[Math.Max(0, i - 1)], series[Math.Max(0, i - 4)..(i + 1)].Average() }
                        ),
                    ],
                Prices,
                seed: 1
            )
        );

    [Fact]
    public void A_mean_about_its_moment_is_found() =>
        Assert.NotNull(
            LookAhead.Find(
                static series =>
                    [.. series.Select((_, i) => new[] { series[Math.Max(0, i - 2)..Math.Min(series.Length, i + 3)].Average() })],
                Prices,
                seed: 1
            )
        );

    [Fact]
    public void Scaling_by_the_whole_series_is_found_at_the_first_moment() =>
        Assert.Equal(
            0,
            LookAhead.Find(
                static series =>
                {
                    var (mean, high) = (series.Average(), series.Max());
                    return [.. series.Select(value => new[] { (value - mean) / high })];
                },
                Prices,
                seed: 1
            )
        );

    [Fact]
    public void A_label_among_the_features_is_found() =>
        Assert.NotNull(
            LookAhead.Find(
                static series => [.. series.Select((value, i) => new[] { value, series[Math.Min(series.Length - 1, i + 1)] })],
                Prices,
                seed: 1
            )
        );

    [Fact]
    public void Features_have_a_row_for_each_value() =>
        Assert.Throws<ArgumentException>(static () =>
            LookAhead.Find(
                static series =>
                    [
                        [series[0]],
                    ],
                Prices,
                seed: 1
            )
        );
}
