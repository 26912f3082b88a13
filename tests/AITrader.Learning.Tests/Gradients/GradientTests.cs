using AITrader.Learning.Gradients;
using AITrader.Learning.Onnx;
using AITrader.Learning.Training;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Tests.Gradients;

/// <summary>Every gradient against differences of the loss itself.</summary>
public sealed class GradientTests
{
    private const int Rows = 3;

    public static TheoryData<string> Names => [.. Operations.Keys];

    private static Dictionary<string, Func<DifferentiableGraph, Variable, Variable>> Operations { get; } =
        new(StringComparer.Ordinal)
        {
            ["sum, repeated over the batch"] = static (graph, x) => graph.Sum(x, Weights(graph, 4)),
            ["difference, from a number"] = static (graph, x) => graph.Difference(graph.Constant(2), graph.Product(x, Weights(graph, 4))),
            ["product, repeated over an axis"] = static (graph, x) =>
                graph.Product(graph.Reshape(x, Shape.Of(Shape.Batch, 4, 1)), Weights(graph, 1, 3)),
            ["quotient by weights"] = static (graph, x) => graph.Quotient(x, Positive(graph, 4)),
            ["quotient of weights"] = static (graph, x) => graph.Quotient(Weights(graph, 4), graph.Shift(graph.Product(x, x), 1)),
            ["absolute"] = static (graph, x) => graph.Absolute(graph.Product(x, Weights(graph, 4))),
            ["square root"] = static (graph, x) => graph.SquareRoot(graph.Sum(graph.Product(x, x), Positive(graph, 4))),
            ["exponential"] = static (graph, x) => graph.Exponential(graph.Product(x, Weights(graph, 4))),
            ["logarithm"] = static (graph, x) => graph.Logarithm(graph.Sum(graph.Product(x, x), Positive(graph, 4))),
            ["rectified"] = static (graph, x) => graph.Rectified(graph.Sum(x, Weights(graph, 4))),
            ["logistic"] = static (graph, x) => graph.Logistic(graph.Product(x, Weights(graph, 4))),
            ["tangent"] = static (graph, x) => graph.Tangent(graph.Product(x, Weights(graph, 4))),
            ["shares"] = static (graph, x) => graph.Shares(graph.Product(x, Weights(graph, 4))),
            ["logarithms of shares"] = static (graph, x) => graph.LogarithmsOfShares(graph.Product(x, Weights(graph, 4))),
            ["total of all"] = static (graph, x) => graph.Total(graph.Product(x, Weights(graph, 4))),
            ["mean of all"] = static (graph, x) => graph.Mean(graph.Product(x, Weights(graph, 4))),
            ["total over an axis"] = static (graph, x) => graph.Product(graph.Total(graph.Product(x, Weights(graph, 4)), 1), x),
            ["mean over the batch"] = static (graph, x) => graph.Product(graph.Mean(graph.Product(x, Weights(graph, 4)), 0), x),
            ["layer"] = static (graph, x) => graph.Layer(x, Weights(graph, 4, 3), graph.Weights("offsets", new Start(0, 1), Shape.Of(3))),
            ["layer of a layer"] = static (graph, x) =>
                graph.Layer(
                    graph.Tangent(graph.Layer(x, Weights(graph, 4, 3), graph.Constant([0f, 0f, 0f], Shape.Of(3)))),
                    graph.Weights("second", new Start(0, 1), Shape.Of(3, 2)),
                    graph.Constant([0f, 1f], Shape.Of(2))
                ),
            ["product of matrices, weights second"] = static (graph, x) =>
                graph.MatrixProduct(graph.Reshape(x, Shape.Of(Shape.Batch, 2, 2)), Weights(graph, 2, 3)),
            ["product of matrices, weights first"] = static (graph, x) =>
                graph.MatrixProduct(Weights(graph, 3, 2), graph.Reshape(x, Shape.Of(Shape.Batch, 2, 2))),
            ["product of matrices, both"] = static (graph, x) =>
            {
                var matrices = graph.Product(graph.Reshape(x, Shape.Of(Shape.Batch, 2, 2)), Weights(graph, 2, 2));
                return graph.MatrixProduct(matrices, graph.Transpose(matrices, 0, 2, 1));
            },
            ["transposed"] = static (graph, x) =>
                graph.Product(
                    graph.Transpose(graph.Product(graph.Reshape(x, Shape.Of(Shape.Batch, 2, 2)), Weights(graph, 2, 2)), 2, 0, 1),
                    graph.Constant([1f, 3f], Shape.Of(2))
                ),
            ["part"] = static (graph, x) => graph.Part(graph.Product(x, Weights(graph, 4)), 1, 1, 3),
            ["joined"] = static (graph, x) =>
                graph.Product(
                    graph.Joined(1, graph.Product(x, Weights(graph, 4)), x, graph.Part(graph.Product(x, x), 1, 0, 1)),
                    graph.Constant([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f], Shape.Of(9))
                ),
            ["convolution"] = static (graph, x) =>
                graph.Convolution(graph.Reshape(graph.Joined(1, x, x), Shape.Of(Shape.Batch, 2, 4)), Weights(graph, 3, 2, 3)),
            ["convolution of a convolution"] = static (graph, x) =>
                graph.Convolution(
                    graph.Tangent(graph.Convolution(graph.Reshape(x, Shape.Of(Shape.Batch, 1, 4)), Weights(graph, 2, 1, 3))),
                    graph.Weights("second", new Start(0, 1), Shape.Of(2, 2, 5))
                ),
            ["rows of a table"] = static (graph, x) =>
                graph.Product(graph.Rows(Weights(graph, 5, 4), graph.Indices("numbers", Shape.Of(Shape.Batch))), x),
            ["one value used twice"] = static (graph, x) =>
            {
                var value = graph.Product(x, Weights(graph, 4));
                return graph.Product(value, graph.Sum(value, graph.Tangent(value)));
            },
            ["squared error"] = static (graph, x) => graph.SquaredError(graph.Product(x, Weights(graph, 4)), graph.Constant(0.5)),
            ["scaled error"] = static (graph, x) =>
                graph.ScaledError(graph.Product(x, Weights(graph, 4)), graph.Constant(9), graph.Constant(3), graph.Constant(1)),
            ["percentage error"] = static (graph, x) =>
                graph.PercentageError(graph.Product(x, Weights(graph, 4)), graph.Constant(9), graph.Constant(1)),
            ["cross entropy"] = static (graph, x) =>
                graph.CrossEntropy(graph.Product(x, Weights(graph, 4)), graph.Constant([0f, 1f, 0f, 0f], Shape.Of(4))),
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_is_what_a_small_change_of_each_weight_does_to_the_loss(string operation)
    {
        var graph = DifferentiableGraph.ToTrain("check");
        var input = graph.Input("x", Shape.Of(Shape.Batch, 4));
        var result = Operations[operation](graph, input);

        // Squares, so that the gradient by the result differs from element to element.
        var loss = result.Shape.Rank == 0 ? result : graph.Total(graph.Product(result, graph.Tangent(result)));
        graph.Output("loss", loss);
        graph.Onnx.Output(graph.GradientOf(loss), OnnxElementType.Fp32, OnnxDimension.Of(graph.WeightCount));
        using var session = new InferenceSession(graph.Onnx.ToBytes());
        var weights = graph.Begin(seed: 5);

        var (_, gradient) = Run(session, graph, weights);

        const float Change = 4e-3f;
        Assert.Equal(weights.Length, gradient.Length);
        Assert.Contains(gradient, static part => part != 0);
        for (var i = 0; i < weights.Length; i++)
        {
            float[] more = [.. weights];
            float[] less = [.. weights];
            more[i] += Change;
            less[i] -= Change;
            var slope = (Run(session, graph, more).Loss - Run(session, graph, less).Loss) / (more[i] - less[i]);
            Assert.Equal(slope, gradient[i], 2e-2 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void The_percentage_error_takes_what_it_divides_by_as_fixed()
    {
        var graph = DifferentiableGraph.ToTrain("check");
        var weight = graph.Weights("forecast", new Start(3, 0), Shape.Of(1));
        var loss = graph.SymmetricPercentageError(weight, graph.Constant([1f], Shape.Of(1)), graph.Constant(1));
        graph.Output("loss", loss);
        graph.Onnx.Output(graph.GradientOf(loss), OnnxElementType.Fp32, OnnxDimension.Of(1));
        using var session = new InferenceSession(graph.Onnx.ToBytes());

        var (value, gradient) = Run(session, graph, [3f]);

        Assert.Equal(100, value, 1e-3);
        Assert.Equal(50, Assert.Single(gradient), 1e-3);
    }

    [Fact]
    public void A_loss_without_weights_and_one_that_is_no_single_number_have_no_gradient()
    {
        var graph = DifferentiableGraph.ToTrain("check");
        var input = graph.Input("x", Shape.Of(Shape.Batch, 4));
        Assert.Throws<InvalidOperationException>(() => graph.GradientOf(graph.Mean(input)));
        Assert.Throws<InvalidOperationException>(() => graph.GradientOf(graph.Product(input, Weights(graph, 4))));
        graph.Weights("unused", Start.Zero, Shape.Of(2));
        Assert.Throws<InvalidOperationException>(() => graph.GradientOf(graph.Mean(graph.Detached(Weights(graph, 1, 4)))));
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused_where_they_are_written()
    {
        var graph = DifferentiableGraph.ToTrain("check");
        var input = graph.Input("x", Shape.Of(Shape.Batch, 4));
        Assert.Throws<ArgumentException>(() => graph.Sum(input, graph.Constant([1f, 2f, 3f], Shape.Of(3))));
        Assert.Throws<ArgumentException>(() => graph.MatrixProduct(input, graph.Constant([1f, 2f, 3f], Shape.Of(3, 1))));
        Assert.Throws<ArgumentException>(() => graph.Part(input, 1, 2, 5));
        Assert.Throws<ArgumentException>(() => graph.Reshape(input, Shape.Of(2, 2)));
        Assert.Throws<ArgumentException>(() => Shape.Of(Shape.Batch, Shape.Batch));
    }

    private static Variable Weights(DifferentiableGraph graph, params ReadOnlySpan<long> shape) =>
        graph.Weights($"weights{graph.Parameters.Count}", new Start(0.3, 1), Shape.Of(shape));

    private static Variable Positive(DifferentiableGraph graph, long count) => graph.Shift(graph.Exponential(Weights(graph, count)), 0.5);

    private static (double Loss, float[] Gradient) Run(InferenceSession session, DifferentiableGraph graph, float[] weights)
    {
        var batch = new Batch(graph.Inputs, Rows);
        foreach (var input in graph.Inputs)
        {
            if (input.Type == OnnxElementType.I64)
            {
                new long[] { 4, 1, 4 }.CopyTo(batch.Indices(input.Name));
                continue;
            }

            var numbers = batch.Numbers(input.Name);
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = 0.9f - (0.37f * (i % 5)) + (0.05f * i);
            }
        }

        using var options = new RunOptions();
        using var binding = session.CreateIoBinding();
        var bound = batch.Bind(binding);
        if (weights.Length > 0)
        {
            binding.BindInput(DifferentiableGraph.WeightsName, OrtValue.CreateTensorValueFromMemory(weights, [weights.Length]));
        }

        foreach (var name in session.OutputNames)
        {
            binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance);
        }

        session.RunWithBinding(options, binding);
        var outputs = binding.GetOutputValues();
        bound.ForEach(static value => value.Dispose());
        return (outputs[0].GetTensorDataAsSpan<float>()[0], outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }
}
