using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Operations number by number; shapes are matched as <see cref="Shape.Broadcast"/> has it.</summary>
public static class Arithmetic
{
    /// <summary>Sum.</summary>
    public static Variable Sum(this DifferentiableGraph graph, Variable first, Variable second)
    {
        var (value, shape) = graph.Pair("Add", first, second);
        return graph.Add(
            value,
            shape,
            new Origin(first, gradient => graph.Fit(gradient, shape, first.Shape)),
            new Origin(second, gradient => graph.Fit(gradient, shape, second.Shape))
        );
    }

    /// <summary>Difference.</summary>
    public static Variable Difference(this DifferentiableGraph graph, Variable first, Variable second)
    {
        var (value, shape) = graph.Pair("Sub", first, second);
        return graph.Add(
            value,
            shape,
            new Origin(first, gradient => graph.Fit(gradient, shape, first.Shape)),
            new Origin(second, gradient => graph.Fit(graph.Onnx.Node("Neg", [gradient]), shape, second.Shape))
        );
    }

    /// <summary>Product.</summary>
    public static Variable Product(this DifferentiableGraph graph, Variable first, Variable second)
    {
        var (value, shape) = graph.Pair("Mul", first, second);
        return graph.Add(
            value,
            shape,
            new Origin(first, gradient => graph.Fit(graph.Times(gradient, second.Value), shape, first.Shape)),
            new Origin(second, gradient => graph.Fit(graph.Times(gradient, first.Value), shape, second.Shape))
        );
    }

    /// <summary>Quotient. Where the divisor is 0 it is infinite or no number, and so is the gradient.</summary>
    public static Variable Quotient(this DifferentiableGraph graph, Variable first, Variable second)
    {
        var (value, shape) = graph.Pair("Div", first, second);
        return graph.Add(
            value,
            shape,
            new Origin(first, gradient => graph.Fit(graph.Onnx.Node("Div", [gradient, second.Value]), shape, first.Shape)),
            new Origin(second, gradient =>
            {
                var share = graph.Onnx.Node("Div", [graph.Times(gradient, value), second.Value]);
                return graph.Fit(graph.Onnx.Node("Neg", [share]), shape, second.Shape);
            })
        );
    }

    /// <summary>Each number times the same one.</summary>
    public static Variable Scale(this DifferentiableGraph graph, Variable of, double factor) => graph.Product(of, graph.Constant(factor));

    /// <summary>Each number plus the same one.</summary>
    public static Variable Shift(this DifferentiableGraph graph, Variable of, double by) => graph.Sum(of, graph.Constant(by));

    /// <summary>Distance from zero; the gradient at zero is 0.</summary>
    public static Variable Absolute(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Abs", of, (gradient, _) => graph.Times(gradient, graph.Onnx.Node("Sign", [of.Value])));

    /// <summary>Square root of positive numbers.</summary>
    public static Variable SquareRoot(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Sqrt", of, (gradient, root) => graph.Onnx.Node("Div", [gradient, graph.Times(root, graph.Number(2))]));

    /// <summary>Powers of e.</summary>
    public static Variable Exponential(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Exp", of, (gradient, power) => graph.Times(gradient, power));

    /// <summary>Natural logarithm of positive numbers.</summary>
    public static Variable Logarithm(this DifferentiableGraph graph, Variable of) =>
        graph.Each("Log", of, (gradient, _) => graph.Onnx.Node("Div", [gradient, of.Value]));

    /// <summary>The same numbers, through which no gradient goes.</summary>
    public static Variable Detached(this DifferentiableGraph graph, Variable of)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        return of with { HasGradient = false };
    }

    internal static OnnxValue Number(this DifferentiableGraph graph, double value) => graph.Onnx.Constant([(float)value]);

    internal static OnnxValue Times(this DifferentiableGraph graph, OnnxValue first, OnnxValue second) =>
        graph.Onnx.Node("Mul", [first, second]);

    /// <summary>An operation with one operand whose gradient is made of that by the result and the result.</summary>
    internal static Variable Each(
        this DifferentiableGraph graph,
        string operation,
        Variable of,
        Func<OnnxValue, OnnxValue, OnnxValue> gradient,
        params ReadOnlySpan<NodeSetting> settings
    )
    {
        var value = graph.Onnx.Node(operation, [of.Value], output: null, settings);
        return graph.Add(value, of.Shape, new Origin(of, by => gradient(by, value)));
    }

    /// <summary>The gradient by a result as one by an operand whose axes were repeated to match: sums over what was repeated.</summary>
    internal static OnnxValue Fit(this DifferentiableGraph graph, OnnxValue gradient, Shape from, Shape to)
    {
        var missing = from.Rank - to.Rank;
        var leading = Enumerable.Range(0, missing).Select(static axis => (long)axis).ToArray();
        var repeated = new List<long>();
        for (var axis = 0; axis < to.Rank; axis++)
        {
            if (to[axis] == 1 && from[axis + missing] != 1)
            {
                repeated.Add(axis);
            }
        }

        var fitted = leading.Length > 0 ? Total(graph, gradient, leading, keep: 0) : gradient;
        return repeated.Count > 0 ? Total(graph, fitted, [.. repeated], keep: 1) : fitted;
    }

    private static OnnxValue Total(DifferentiableGraph graph, OnnxValue of, long[] axes, long keep) =>
        graph.Onnx.Node("ReduceSum", [of, graph.Onnx.Constant(axes)], output: null, NodeSetting.Of("keepdims", keep));

    private static (OnnxValue Value, Shape Shape) Pair(this DifferentiableGraph graph, string operation, Variable first, Variable second)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var shape = Shape.Broadcast(first.Shape, second.Shape);
        return (graph.Onnx.Node(operation, [first.Value, second.Value]), shape);
    }
}
