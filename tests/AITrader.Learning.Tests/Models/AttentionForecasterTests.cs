using AITrader.Learning.Forecasting;
using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;

namespace AITrader.Learning.Tests.Models;

public sealed class AttentionForecasterTests
{
    private const int Window = 24;
    private const int Horizon = 4;

    private static readonly AttentionOptions Options = new(Window, Horizon) { Width = 16, Heads = 2 };

    [Fact]
    public void It_learns_what_comes_again()
    {
        var series = Enumerable.Range(0, 6).Select(Waves).ToList();
        var examples = new SeriesExamples([.. series.Select(static values => values[..^Horizon])], Window, Horizon, season: 1, newest: 80);
        var model = new Trainer("test", LossOf(examples), new TrainerOptions(new Schedule(0.004, 500)) { Rows = 48 }).Train(
            examples.Fill,
            validate: null,
            from: null,
            progress: null,
            TestContext.Current.CancellationToken
        );

        using var forecaster = new WindowForecaster(Forecast, examples.LastWindows(), examples.Count, Horizon);
        var forecast = forecaster.Forecast(model.Weights).ToArray();
        var (error, naive) = (0.0, 0.0);
        for (var i = 0; i < series.Count; i++)
        {
            for (var step = 0; step < Horizon; step++)
            {
                var actual = series[i][^(Horizon - step)];
                error += Math.Abs(actual - forecast[(i * Horizon) + step]);
                naive += Math.Abs(actual - series[i][^(Horizon + 1)]);
            }
        }

        Assert.True(error < naive / 3, $"{error} is not much less than {naive}");
    }

    [Fact]
    public void A_row_of_a_batch_does_not_change_the_forecast_of_another_one()
    {
        float[] first = [.. Waves(1)[..Window].Select(static value => (float)value)];
        float[] second = [.. Waves(4)[..Window].Select(static value => (float)value)];
        using var alone = new WindowForecaster(Forecast, first, 1, Horizon);
        using var together = new WindowForecaster(Forecast, [.. second, .. first], 2, Horizon);
        var graph = DifferentiableGraph.ToTrain("weights");
        Forecast(graph, graph.Input("history", Shape.Of(Shape.Batch, Window)));
        var weights = graph.Begin(seed: 2);
        Assert.Equal(alone.WeightCount, weights.Length);
        var expected = alone.Forecast(weights).ToArray();
        Assert.Equal(expected, together.Forecast(weights)[Horizon..].ToArray(), static (one, other) => Math.Abs(one - other) < 1e-3);
    }

    [Fact]
    public void A_window_or_width_that_cannot_be_divided_is_refused()
    {
        var graph = DifferentiableGraph.ToTrain("refused");
        var history = graph.Input("history", Shape.Of(Shape.Batch, Window));
        Assert.Throws<ArgumentException>(() => AttentionForecaster.Forecast(graph, Options with { Patch = 5 }, history));
        Assert.Throws<ArgumentException>(() => AttentionForecaster.Forecast(graph, Options with { Heads = 3 }, history));
    }

    private static Func<DifferentiableGraph, Variable> LossOf(SeriesExamples examples) =>
        graph => examples.Loss(graph, TrainingLoss.Mase, Forecast);

    private static Variable Forecast(DifferentiableGraph graph, Variable history) => AttentionForecaster.Forecast(graph, Options, history);

    private static double[] Waves(int number) =>
        [.. Enumerable.Range(0, 140).Select(i => 100 + number + (6 * Math.Sin((2 * Math.PI * (i + (3 * number))) / 8)))];
}
