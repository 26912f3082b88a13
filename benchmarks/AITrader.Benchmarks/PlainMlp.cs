using System.Numerics.Tensors;
using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Benchmarks;

/// <summary>A network with one hidden layer, trained in two ways: as a graph of ONNX Runtime, and written out with TensorPrimitives, row by
/// row, on one thread each.</summary>
internal sealed class PlainMlp
{
    public const int Rows = 256;

    private const int Inputs = 64;
    private const int Hidden = 256;
    private const int Outputs = 16;
    private const int FirstOffset = Inputs * Hidden;
    private const int Second = FirstOffset + Hidden;
    private const int SecondOffset = Second + (Hidden * Outputs);
    private const int Count = SecondOffset + Outputs;

    private readonly float[] _inputs = new float[Rows * Inputs];
    private readonly float[] _targets = new float[Rows * Outputs];

    public PlainMlp(int seed)
    {
        var random = new Random(seed);
        foreach (ref var value in _inputs.AsSpan())
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }

        foreach (ref var value in _targets.AsSpan())
        {
            value = (float)((random.NextDouble() * 2) - 1);
        }
    }

    /// <summary>Weights after so many steps with the same batch, by the graph.</summary>
    public float[] ByGraph(int steps, CancellationToken ct) =>
        new Trainer("mlp", Loss, OptionsFor(steps))
            .Train(
                (batch, _) =>
                {
                    _inputs.CopyTo(batch.Numbers("x"));
                    _targets.CopyTo(batch.Numbers("y"));
                },
                validate: null,
                from: null,
                progress: null,
                ct
            )
            .Weights;

    /// <summary>Weights after so many steps with the same batch, written out.</summary>
    public float[] ByHand(int steps)
    {
        var options = OptionsFor(steps);
        var weights = Begin(options.Seed);
        float[] moments = new float[Count],
            squares = new float[Count],
            gradient = new float[Count],
            scratch = new float[Count];
        for (var step = 1; step <= steps; step++)
        {
            Array.Clear(gradient);
            for (var row = 0; row < Rows; row++)
            {
                AddGradient(weights, row, gradient);
            }

            var length = TensorPrimitives.Norm<float>(gradient);
            TensorPrimitives.Multiply(gradient, (float)Math.Min(1, options.LongestGradient / length), gradient);
            Move(weights, gradient, moments, squares, scratch, options.Schedule.At(step), step);
        }

        return weights;
    }

    private static TrainerOptions OptionsFor(int steps) => new(new Schedule(1e-3, steps)) { Rows = Rows };

    private static Variable Loss(DifferentiableGraph graph)
    {
        var x = graph.Input("x", Shape.Of(Shape.Batch, Inputs));
        var (first, second) = Weights(graph);
        var hidden = graph.Rectified(graph.Layer(x, first.Weights, first.Offsets));
        return graph.SquaredError(graph.Layer(hidden, second.Weights, second.Offsets), graph.Input("y", Shape.Of(Shape.Batch, Outputs)));
    }

    private static ((Variable Weights, Variable Offsets) First, (Variable Weights, Variable Offsets) Second) Weights(
        DifferentiableGraph graph
    ) =>
        (
            (
                graph.Weights("first", Start.Rectified(Inputs), Shape.Of(Inputs, Hidden)),
                graph.Weights("first.offset", Start.Zero, Shape.Of(Hidden))
            ),
            (
                graph.Weights("second", Start.Linear(Hidden, Outputs), Shape.Of(Hidden, Outputs)),
                graph.Weights("second.offset", Start.Zero, Shape.Of(Outputs))
            )
        );

    private static float[] Begin(int seed)
    {
        var graph = DifferentiableGraph.ToTrain("weights");
        Weights(graph);
        return graph.Begin(seed);
    }

    private void AddGradient(float[] weights, int row, float[] gradient)
    {
        Span<float> hidden = stackalloc float[Hidden];
        Span<float> back = stackalloc float[Hidden];
        Span<float> error = stackalloc float[Outputs];
        var x = _inputs.AsSpan(row * Inputs, Inputs);
        weights.AsSpan(FirstOffset, Hidden).CopyTo(hidden);
        for (var i = 0; i < Inputs; i++)
        {
            TensorPrimitives.MultiplyAdd(weights.AsSpan(i * Hidden, Hidden), x[i], hidden, hidden);
        }

        TensorPrimitives.Max(hidden, 0f, hidden);
        weights.AsSpan(SecondOffset, Outputs).CopyTo(error);
        for (var h = 0; h < Hidden; h++)
        {
            TensorPrimitives.MultiplyAdd(weights.AsSpan(Second + (h * Outputs), Outputs), hidden[h], error, error);
        }

        TensorPrimitives.Subtract(error, _targets.AsSpan(row * Outputs, Outputs), error);
        TensorPrimitives.Multiply(error, 2f / (Rows * Outputs), error);
        var offsets = gradient.AsSpan(SecondOffset, Outputs);
        TensorPrimitives.Add(offsets, error, offsets);
        for (var h = 0; h < Hidden; h++)
        {
            var part = gradient.AsSpan(Second + (h * Outputs), Outputs);
            TensorPrimitives.MultiplyAdd(error, hidden[h], part, part);
            back[h] = hidden[h] > 0 ? TensorPrimitives.Dot(error, weights.AsSpan(Second + (h * Outputs), Outputs)) : 0;
        }

        var hiddenOffsets = gradient.AsSpan(FirstOffset, Hidden);
        TensorPrimitives.Add(hiddenOffsets, back, hiddenOffsets);
        for (var i = 0; i < Inputs; i++)
        {
            var part = gradient.AsSpan(i * Hidden, Hidden);
            TensorPrimitives.MultiplyAdd(back, x[i], part, part);
        }
    }

    private static void Move(float[] weights, float[] gradient, float[] moments, float[] squares, float[] scratch, double rate, int step)
    {
        TensorPrimitives.Multiply(moments, 0.9f, moments);
        TensorPrimitives.MultiplyAdd(gradient, 0.1f, moments, moments);
        TensorPrimitives.Multiply(gradient, gradient, gradient);
        TensorPrimitives.Multiply(squares, 0.999f, squares);
        TensorPrimitives.MultiplyAdd(gradient, 0.001f, squares, squares);
        TensorPrimitives.Sqrt(squares, scratch);
        TensorPrimitives.Add(scratch, 1e-8f, scratch);
        TensorPrimitives.Divide(moments, scratch, scratch);
        var corrected = rate * Math.Sqrt(1 - Math.Pow(0.999, step)) / (1 - Math.Pow(0.9, step));
        TensorPrimitives.MultiplyAdd(scratch, -(float)corrected, weights, weights);
    }
}
