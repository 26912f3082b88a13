using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Learning.Tests.Training;

/// <summary>The same training written out by hand: one hidden layer, gradient by the chain rule, Adam. The oracle of the graph's.</summary>
internal static class PlainTrainer
{
    public static float[] Train(TrainerOptions options, int inputs, int hidden, Action<Batch, Random> fill)
    {
        var graph = DifferentiableGraph.ToTrain("inputs");
        graph.Input("x", Shape.Of(Shape.Batch, inputs));
        graph.Input("y", Shape.Of(Shape.Batch, 1));
        graph.Weights("first", Start.Rectified(inputs), Shape.Of(inputs, hidden));
        graph.Weights("first.offset", Start.Zero, Shape.Of(hidden));
        graph.Weights("second", Start.Linear(hidden, 1), Shape.Of(hidden, 1));
        var (batch, weights) = (new Batch(graph.Inputs, options.Rows), graph.Begin(options.Seed));
        var (moments, squares) = (new double[weights.Length], new double[weights.Length]);
        for (var step = 1; step <= options.Schedule.Steps; step++)
        {
            fill(batch, new Random(unchecked((options.Seed * 486_187_739) + (step * 16_777_619))));
            var gradient = Gradient(weights, batch, inputs, hidden);
            var length = Math.Sqrt(gradient.Sum(static part => (double)part * part));
            var (rate, cut) = (options.Schedule.At(step), Math.Min(1, options.LongestGradient / length));
            for (var i = 0; i < weights.Length; i++)
            {
                moments[i] = (0.9 * moments[i]) + (0.1 * gradient[i] * cut);
                squares[i] = (0.999 * squares[i]) + (0.001 * gradient[i] * cut * gradient[i] * cut);
                var corrected = rate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step));
                weights[i] = (float)(
                    (weights[i] * (1 - (rate * options.Decay))) - (corrected * moments[i] / (Math.Sqrt(squares[i]) + 1e-8))
                );
            }
        }

        return weights;
    }

    private static float[] Gradient(float[] weights, Batch batch, int inputs, int hidden)
    {
        var gradient = new float[weights.Length];
        var (offsets, second) = (inputs * hidden, (inputs * hidden) + hidden);
        var sums = new float[hidden];
        for (var row = 0; row < batch.Rows; row++)
        {
            var x = batch.Row("x", row);
            weights.AsSpan(offsets, hidden).CopyTo(sums);
            var forecast = 0f;
            for (var h = 0; h < hidden; h++)
            {
                for (var i = 0; i < inputs; i++)
                {
                    sums[h] += weights[(i * hidden) + h] * x[i];
                }

                sums[h] = Math.Max(sums[h], 0f);
                forecast += sums[h] * weights[second + h];
            }

            var error = 2 * (forecast - batch.Row("y", row)[0]) / batch.Rows;
            for (var h = 0; h < hidden; h++)
            {
                gradient[second + h] += error * sums[h];
                var back = sums[h] > 0 ? error * weights[second + h] : 0;
                gradient[offsets + h] += back;
                for (var i = 0; i < inputs; i++)
                {
                    gradient[(i * hidden) + h] += back * x[i];
                }
            }
        }

        return gradient;
    }
}
