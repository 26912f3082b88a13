using AITrader.Learning.Evaluation;
using AITrader.TestSupport;

namespace AITrader.Learning.Tests.Evaluation;

/// <summary>Against the forecasts and scores that the competition published: official_scores.csv of the shared data.</summary>
public sealed class M4WeeklyTests
{
    private const int Horizon = 13;

    private static readonly Lazy<Dictionary<string, double[]>> History = new(static () => M4Series.Read("Weekly-train.csv.gz"));
    private static readonly Lazy<Dictionary<string, double[]>> Actual = new(static () => M4Series.Read("Weekly-test.csv.gz"));

    [Fact]
    public void Naive2_scores_what_was_published()
    {
        var summary = Summary(static (_, history) => Baselines.Naive2(history, Horizon, 1));

        Assert.Equal(359, summary.Series);
        Assert.Equal(359, summary.ScaledSeries);
        Assert.Equal(9.161, summary.Smape, 3);
        Assert.Equal(2.777, summary.Mase!.Value, 3);
        Assert.Equal(1, summary.Owa(summary)!.Value, 12);
    }

    [Fact]
    public void Naive2_forecasts_are_those_that_were_published()
    {
        var published = M4Series.Read("Weekly-naive2.csv.gz");

        Assert.Equal(History.Value.Count, published.Count);
        Assert.All(published, static series =>
        {
            var forecast = Baselines.Naive2(History.Value[series.Key], Horizon, 1);
            Assert.Equal(Horizon, series.Value.Length);
            Assert.All(forecast.Zip(series.Value), static pair => Assert.Equal(pair.Second, pair.First, 1e-9 * pair.Second));
        });
    }

    [Fact]
    public void Published_smoothing_scores_what_was_published()
    {
        var published = M4Series.Read("Weekly-ses.csv.gz");
        var summary = Summary((id, _) => published[id]);
        var benchmark = Summary(static (_, history) => Baselines.Naive2(history, Horizon, 1));

        Assert.Equal(9.012, summary.Smape, 3);
        Assert.Equal(2.685, summary.Mase!.Value, 3);

        // The competition divided averages that it had rounded to three decimals.
        Assert.Equal(0.9753, summary.Owa(benchmark)!.Value, 2e-4);
    }

    [Fact]
    public void Smoothing_scores_nearly_what_was_published()
    {
        var summary = Summary(static (_, history) => Baselines.SimpleSmoothing(history, Horizon));

        Assert.Equal(9.012, summary.Smape, 0.01);
        Assert.Equal(2.685, summary.Mase!.Value, 0.01);
    }

    [Fact]
    public void Smoothing_forecasts_nearly_what_was_published()
    {
        var published = M4Series.Read("Weekly-ses.csv.gz");

        // W309 is off by 0.0024, all others by less than 0.001: R searches from one guess only.
        Assert.All(published, static series =>
            Assert.Equal(1, Baselines.SimpleSmoothing(History.Value[series.Key], 1)[0] / series.Value[0], 0.003)
        );
    }

    private static ForecastSummary Summary(Func<string, double[], double[]> forecast) =>
        ForecastSummary.Of([
            .. History.Value.Select(series => ForecastScore.Of(series.Value, Actual.Value[series.Key], forecast(series.Key, series.Value))),
        ]);
}
