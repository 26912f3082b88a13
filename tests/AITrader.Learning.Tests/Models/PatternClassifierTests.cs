using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Models;

public sealed class PatternClassifierTests
{
    private const int Bars = 16;
    private const int Classes = 3;

    private static readonly PatternClassifierOptions Options = new(Bars, Classes) { Filters = 4, Width = 3 };

    [Fact]
    public void It_learns_shapes_at_any_level_and_serves_them()
    {
        var trainer = new Trainer("test", Loss, new TrainerOptions(new Schedule(0.005, 250)) { Rows = 48 });
        var model = trainer.Train(Fill, validate: null, from: null, progress: null, TestContext.Current.CancellationToken);

        var graph = DifferentiableGraph.ToServe("patterns", model.Weights);
        var scores = PatternClassifier.Scores(graph, Options, graph.Input("bars", Shape.Of(Shape.Batch, Options.Channels, Bars)));
        graph.Output("shares", graph.Shares(scores));
        using var session = new InferenceSession(graph.Onnx.ToBytes());
        const int Rows = 90;
        var right = 0;
        var random = new Random(77);
        for (var i = 0; i < Rows; i++)
        {
            var bars = new float[Options.Channels * Bars];
            var kind = Draw(bars, random, level: 10 + (1_000 * (i % 7)));
            using var input = OrtValue.CreateTensorValueFromMemory(bars, [1, Options.Channels, Bars]);
            using var options = new RunOptions();
            using var answer = session.Run(options, ["bars"], [input], ["shares"]);
            var shares = answer[0].GetTensorDataAsSpan<float>().ToArray();
            Assert.Equal(1, shares.Sum(), 1e-4);
            right += Array.IndexOf(shares, shares.Max()) == kind ? 1 : 0;
        }

        Assert.True(right > Rows * 0.9, $"{right} of {Rows}");
    }

    private static Variable Loss(DifferentiableGraph graph)
    {
        var bars = graph.Input("bars", Shape.Of(Shape.Batch, Options.Channels, Bars));
        var targets = graph.Input("targets", Shape.Of(Shape.Batch, Classes));
        return graph.CrossEntropy(PatternClassifier.Scores(graph, Options, bars), targets);
    }

    private static void Fill(Batch batch, Random random)
    {
        batch.Numbers("targets").Clear();
        for (var row = 0; row < batch.Rows; row++)
        {
            batch.Row("targets", row)[Draw(batch.Row("bars", row), random, 50 + (200 * random.NextDouble()))] = 1;
        }
    }

    // Nothing; a last bar that closes high above those before it; one that closes far below.
    private static int Draw(Span<float> bars, Random random, double level)
    {
        var kind = random.Next(Classes);
        var price = level;
        for (var i = 0; i < Bars; i++)
        {
            var (open, unit) = (price, level / 500);
            var move = (random.NextDouble() - 0.5) * unit;
            price = open + (i < Bars - 1 || kind == 0 ? move : (kind == 1 ? 4 : -4) * unit);
            bars[i] = (float)open;
            bars[Bars + i] = (float)(Math.Max(open, price) + (0.3 * unit * random.NextDouble()));
            bars[(2 * Bars) + i] = (float)(Math.Min(open, price) - (0.3 * unit * random.NextDouble()));
            bars[(3 * Bars) + i] = (float)price;
            bars[(4 * Bars) + i] = (float)(100 + (50 * random.NextDouble()));
        }

        return kind;
    }
}
