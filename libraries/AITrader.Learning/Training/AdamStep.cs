using AITrader.Learning.Gradients;
using AITrader.Learning.Onnx;

namespace AITrader.Learning.Training;

/// <summary>One step of Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), after the gradient was cut to a
/// length: part of the graph that it trains.</summary>
internal static class AdamStep
{
    public const string Moments = "moments";
    public const string Squares = "squares";
    public const string Rate = "rate";
    public const string Shrink = "shrink";
    public const string NextWeights = "weights_next";
    public const string NextMoments = "moments_next";
    public const string NextSquares = "squares_next";
    public const string Loss = "loss";

    public const double MomentDecay = 0.9;
    public const double SquareDecay = 0.999;

    // Beside a square root of squares of gradients.
    private const double Least = 1e-8;

    /// <summary>Appends the step and declares its outputs.</summary>
    /// <param name="graph">The graph to train.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="longest">Length of a gradient beyond which it is cut.</param>
    public static void Append(DifferentiableGraph graph, Variable loss, double longest)
    {
        var onnx = graph.Onnx;
        var any = OnnxDimension.Varying("parameters");
        var weights = new OnnxValue(DifferentiableGraph.WeightsName);
        var moments = onnx.Input(Moments, OnnxElementType.Fp32, any);
        var squares = onnx.Input(Squares, OnnxElementType.Fp32, any);
        var rate = onnx.Input(Rate, OnnxElementType.Fp32);
        var shrink = onnx.Input(Shrink, OnnxElementType.Fp32);

        var gradient = Cut(graph, graph.GradientOf(loss), longest);
        var nextMoments = Mixed(graph, moments, gradient, MomentDecay, NextMoments);
        var nextSquares = Mixed(graph, squares, graph.Times(gradient, gradient), SquareDecay, NextSquares);
        var size = onnx.Node("Add", [onnx.Node("Sqrt", [nextSquares]), graph.Number(Least)]);
        var step = graph.Times(onnx.Node("Div", [nextMoments, size]), rate);
        var next = onnx.Node("Sub", [graph.Times(weights, shrink), step], NextWeights);
        onnx.Output(next, OnnxElementType.Fp32, any);
        onnx.Output(nextMoments, OnnxElementType.Fp32, any);
        onnx.Output(nextSquares, OnnxElementType.Fp32, any);
        graph.Output(Loss, loss);
    }

    /// <summary>The rate of a step, with what corrects for moments that begin at 0.</summary>
    /// <param name="rate">The rate of the schedule.</param>
    /// <param name="step">Number of the step, from 1.</param>
    public static double Corrected(double rate, long step) =>
        rate * Math.Sqrt(1 - Math.Pow(SquareDecay, step)) / (1 - Math.Pow(MomentDecay, step));

    private static OnnxValue Cut(DifferentiableGraph graph, OnnxValue gradient, double longest)
    {
        var onnx = graph.Onnx;
        var sum = onnx.Node("ReduceSum", [graph.Times(gradient, gradient)], output: null, NodeSetting.Of("keepdims", 0L));
        var limit = graph.Number(longest);
        return graph.Times(gradient, onnx.Node("Div", [limit, onnx.Node("Max", [onnx.Node("Sqrt", [sum]), limit])]));
    }

    private static OnnxValue Mixed(DifferentiableGraph graph, OnnxValue old, OnnxValue fresh, double decay, string name) =>
        graph.Onnx.Node("Add", [graph.Times(old, graph.Number(decay)), graph.Times(fresh, graph.Number(1 - decay))], name);
}
