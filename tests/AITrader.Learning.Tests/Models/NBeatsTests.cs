using AITrader.Learning.Forecasting;
using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Models;

public sealed class NBeatsTests
{
    private const int Window = 24;
    private const int Horizon = 6;

    private static readonly NBeatsOptions Generic = new(Window, Horizon) { Width = 32, Layers = 2 };
    private static readonly NBeatsOptions Interpretable = new(Window, Horizon)
    {
        Width = 32,
        Layers = 2,
        Blocks = 2,
        Stacks = [StackKind.Trend, StackKind.Seasonality],
    };

    [Theory]
    [InlineData(true, TrainingLoss.Smape)]
    [InlineData(true, TrainingLoss.Mase)]
    [InlineData(false, TrainingLoss.Smape)]
    [InlineData(false, TrainingLoss.Mape)]
    public void It_learns_what_comes_again_on_a_slope(bool isGeneric, TrainingLoss loss)
    {
        var options = isGeneric ? Generic : Interpretable;
        var series = Enumerable.Range(0, 8).Select(Series).ToList();
        var examples = new SeriesExamples([.. series.Select(static values => values[..^Horizon])], Window, Horizon, season: 1, newest: 60);
        var model = new Trainer(
            "test",
            graph => examples.Loss(graph, loss, (inner, history) => NBeats.Forecast(inner, options, history)),
            new TrainerOptions(new Schedule(0.004, 700)) { Rows = 64 }
        ).Train(examples.Fill, validate: null, from: null, progress: null, TestContext.Current.CancellationToken);

        using var forecaster = new WindowForecaster(
            (graph, history) => NBeats.Forecast(graph, options, history),
            examples.LastWindows(),
            examples.Count,
            Horizon
        );
        var forecast = forecaster.Forecast(model.Weights).ToArray();
        for (var i = 0; i < series.Count; i++)
        {
            var (error, naive) = (0.0, 0.0);
            for (var step = 0; step < Horizon; step++)
            {
                var actual = series[i][^(Horizon - step)];
                error += Math.Abs(actual - forecast[(i * Horizon) + step]);
                naive += Math.Abs(actual - series[i][^(Horizon + 1)]);
            }

            Assert.True(error < naive / 3, $"series {i}: {error} is not much less than {naive}");
        }
    }

    [Theory]
    [InlineData(WindowScaling.Level)]
    [InlineData(WindowScaling.Moves)]
    public void A_served_model_says_what_the_trained_one_does_for_any_batch(WindowScaling scaling)
    {
        var options = Generic with { Scaling = scaling };
        float[] windows = [.. Enumerable.Range(1, 3).SelectMany(number => Series(number)[..Window]).Select(static value => (float)value)];
        using var forecaster = new WindowForecaster((graph, history) => NBeats.Forecast(graph, options, history), windows, 3, Horizon);
        var training = DifferentiableGraph.ToTrain("weights");
        NBeats.Forecast(training, options, training.Input("history", Shape.Of(Shape.Batch, Window)));
        var weights = training.Begin(seed: 3);
        var expected = forecaster.Forecast(weights).ToArray();

        using var session = new InferenceSession(ServedForecaster.Build("nbeats", Window, Model, weights));
        for (var rows = 1; rows <= 3; rows++)
        {
            using var prices = OrtValue.CreateTensorValueFromMemory(windows[..(rows * Window)], [rows, Window]);
            using var run = new RunOptions();
            using var answer = session.Run(run, ["prices"], [prices], ["forecast"]);
            Assert.Equal(expected[..(rows * Horizon)], answer[0].GetTensorDataAsSpan<float>().ToArray(), static (one, other) =>
                Math.Abs(one - other) < 1e-4 * Math.Abs(one)
            );
        }

        Assert.Throws<ArgumentException>(() => ServedForecaster.Build("nbeats", Window, Model, weights[..^1]));
        Assert.Throws<ArgumentException>(() => ServedForecaster.Build("nbeats", Window, Model, [.. weights, 0f]));

        Variable Model(DifferentiableGraph graph, Variable history) => NBeats.Forecast(graph, options, history);
    }

    [Fact]
    public void A_forecast_moves_with_the_level_of_its_window()
    {
        var training = DifferentiableGraph.ToTrain("weights");
        var options = Generic with { Scaling = WindowScaling.Moves };
        NBeats.Forecast(training, options, training.Input("history", Shape.Of(Shape.Batch, Window)));
        float[] window = [.. Series(4)[..Window].Select(static value => (float)value)];
        float[] higher = [.. window.Select(static value => value + 64f)];
        using var forecaster = new WindowForecaster(
            (graph, history) => NBeats.Forecast(graph, options, history),
            [.. window, .. higher],
            2,
            Horizon
        );
        var forecast = forecaster.Forecast(training.Begin(seed: 1)).ToArray();
        Assert.All(Enumerable.Range(0, Horizon), step => Assert.Equal(forecast[step] + 64, forecast[Horizon + step], 1e-2));
    }

    private static double[] Series(int number) =>
        [
            .. Enumerable
                .Range(0, 120)
                .Select(i => (40 + (5 * number)) + (0.1 * number * i) + (8 * Math.Sin((2 * Math.PI * (i + (3 * number))) / 12))),
        ];
}
