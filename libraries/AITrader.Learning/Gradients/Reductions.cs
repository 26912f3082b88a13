using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Sums and means over axes.</summary>
public static class Reductions
{
    /// <summary>Sum over all axes: a single number.</summary>
    public static Variable Total(this DifferentiableGraph graph, Variable of) => Reduce(graph, "ReduceSum", of, [], keep: false);

    /// <summary>Mean over all axes, the batch too: a single number.</summary>
    public static Variable Mean(this DifferentiableGraph graph, Variable of) => Reduce(graph, "ReduceMean", of, [], keep: false);

    /// <summary>Sum over some axes, which have a size of 1 afterwards.</summary>
    public static Variable Total(this DifferentiableGraph graph, Variable of, params ReadOnlySpan<int> axes) =>
        Reduce(graph, "ReduceSum", of, axes, keep: true);

    /// <summary>Mean over some axes, which have a size of 1 afterwards.</summary>
    public static Variable Mean(this DifferentiableGraph graph, Variable of, params ReadOnlySpan<int> axes) =>
        Reduce(graph, "ReduceMean", of, axes, keep: true);

    private static Variable Reduce(DifferentiableGraph graph, string operation, Variable of, ReadOnlySpan<int> axes, bool keep)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        var chosen = axes.Length == 0 ? Enumerable.Range(0, of.Shape.Rank).ToArray() : axes.ToArray();
        var onnx = graph.Onnx;
        var value =
            operation == "ReduceSum"
                ? onnx.Node(
                    operation,
                    [of.Value, onnx.Constant(Array.ConvertAll(chosen, static axis => (long)axis))],
                    output: null,
                    NodeSetting.Of("keepdims", keep ? 1L : 0L)
                )
                : onnx.Node(
                    operation,
                    [of.Value],
                    output: null,
                    NodeSetting.Of("axes", [.. chosen.Select(static axis => (long)axis)]),
                    NodeSetting.Of("keepdims", keep ? 1L : 0L)
                );
        return graph.Add(
            value,
            of.Shape.Reduce(chosen, keep),
            new Origin(of, gradient => Repeat(graph, operation == "ReduceMean" ? Divided(graph, gradient, of.Value, value) : gradient, of))
        );
    }

    // The batch's size is known only when the graph runs.
    private static OnnxValue Divided(DifferentiableGraph graph, OnnxValue gradient, OnnxValue of, OnnxValue mean)
    {
        var (all, left) = (graph.Onnx.Node("Size", [of]), graph.Onnx.Node("Size", [mean]));
        var count = graph.Onnx.Node("Cast", [graph.Onnx.Node("Div", [all, left])], output: null, NodeSetting.Of("to", 1L));
        return graph.Onnx.Node("Div", [gradient, count]);
    }

    private static OnnxValue Repeat(DifferentiableGraph graph, OnnxValue gradient, Variable of) =>
        graph.Onnx.Node("Expand", [gradient, graph.Onnx.Node("Shape", [of.Value])]);
}
