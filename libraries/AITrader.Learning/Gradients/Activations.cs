using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>What comes after the sums of a layer.</summary>
public static class Activations
{
    /// <summary>Positive numbers as they are, others 0.</summary>
    public static Variable Rectified(this DifferentiableGraph graph, Variable of) => graph.Each("Relu", of, (gradient, result) =>
        {
            var isPositive = graph.Onnx.Node("Greater", [result, graph.Number(0)]);
            return graph.Onnx.Node("Where", [isPositive, gradient, graph.Number(0)]);
        });

    /// <summary>Logistic function, 0 to 1.</summary>
    public static Variable Logistic(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Sigmoid", of, (gradient, result) =>
            graph.Times(gradient, graph.Times(result, graph.Onnx.Node("Sub", [graph.Number(1), result])))
        );

    /// <summary>Hyperbolic tangent, -1 to 1.</summary>
    public static Variable Tangent(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Tanh", of, (gradient, result) =>
            graph.Times(gradient, graph.Onnx.Node("Sub", [graph.Number(1), graph.Times(result, result)]))
        );

    /// <summary>Shares along the last axis: positive, with a sum of 1.</summary>
    public static Variable Shares(this DifferentiableGraph graph, Variable of) =>
        graph.Each(
            "Softmax",
            of,
            (gradient, result) =>
            {
                var mean = SumOfLast(graph, graph.Times(gradient, result));
                return graph.Times(graph.Onnx.Node("Sub", [gradient, mean]), result);
            },
            NodeSetting.Of("axis", -1L)
        );

    /// <summary>Logarithms of <see cref="Shares"/>, exact where they are small.</summary>
    public static Variable LogarithmsOfShares(this DifferentiableGraph graph, Variable of) =>
        graph.Each(
            "LogSoftmax",
            of,
            (gradient, result) =>
            {
                var part = graph.Times(graph.Onnx.Node("Exp", [result]), SumOfLast(graph, gradient));
                return graph.Onnx.Node("Sub", [gradient, part]);
            },
            NodeSetting.Of("axis", -1L)
        );

    private static OnnxValue SumOfLast(DifferentiableGraph graph, OnnxValue of) =>
        graph.Onnx.Node("ReduceSum", [of, graph.Onnx.Constant(-1L)], output: null, NodeSetting.Of("keepdims", 1L));
}
