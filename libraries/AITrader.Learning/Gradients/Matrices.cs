using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Products of matrices.</summary>
public static class Matrices
{
    /// <summary>Product of the last two axes; axes before them are matched and repeated.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="first">[..., rows, inner].</param>
    /// <param name="second">[..., inner, columns].</param>
    /// <returns>[..., rows, columns].</returns>
    /// <exception cref="ArgumentException">The inner sizes differ, or an operand has less than two axes.</exception>
    public static Variable MatrixProduct(this DifferentiableGraph graph, Variable first, Variable second)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Shape.Rank < 2 || second.Shape.Rank < 2 || first.Shape[-1] != second.Shape[-2])
        {
            throw new ArgumentException($"{first.Shape} times {second.Shape} is no product of matrices.");
        }

        var outer = Shape.Broadcast(Shape.Of(first.Shape.Sizes[..^2]), Shape.Of(second.Shape.Sizes[..^2]));
        var shape = Shape.Of([.. outer.Sizes, first.Shape[-2], second.Shape[-1]]);
        var value = graph.Onnx.Node("MatMul", [first.Value, second.Value]);
        return graph.Add(
            value,
            shape,
            new Origin(first, gradient => Part(graph, gradient, Turned(graph, second), shape.With(-1, first.Shape[-1]), first.Shape)),
            new Origin(second, gradient => Part(graph, Turned(graph, first), gradient, shape.With(-2, second.Shape[-2]), second.Shape))
        );
    }

    /// <summary>Sums of a layer: values times weights, plus an offset each.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="of">[rows, inputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="offsets">[outputs].</param>
    /// <returns>[rows, outputs].</returns>
    public static Variable Layer(this DifferentiableGraph graph, Variable of, Variable weights, Variable offsets)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(offsets);
        if (of.Shape.Rank != 2 || weights.Shape.Rank != 2 || of.Shape[1] != weights.Shape[0] || offsets.Shape != Shape.Of(weights.Shape[1]))
        {
            throw new ArgumentException($"{of.Shape} times {weights.Shape} plus {offsets.Shape} is no layer.");
        }

        var onnx = graph.Onnx;
        return graph.Add(
            onnx.Node("Gemm", [of.Value, weights.Value, offsets.Value]),
            of.Shape.With(1, weights.Shape[1]),
            new Origin(of, gradient => onnx.Node("Gemm", [gradient, weights.Value], output: null, NodeSetting.Of("transB", 1L))),
            new Origin(weights, gradient => onnx.Node("Gemm", [of.Value, gradient], output: null, NodeSetting.Of("transA", 1L))),
            new Origin(offsets, gradient => graph.Fit(gradient, Shape.Of(Shape.Batch, weights.Shape[1]), offsets.Shape))
        );
    }

    // [..., rows, inner] or [..., inner, columns], as the operand has it; axes that were repeated are summed.
    private static OnnxValue Part(DifferentiableGraph graph, OnnxValue first, OnnxValue second, Shape from, Shape to) =>
        graph.Fit(graph.Onnx.Node("MatMul", [first, second]), from, to);

    private static OnnxValue Turned(DifferentiableGraph graph, Variable of)
    {
        var axes = Enumerable.Range(0, of.Shape.Rank).Select(static axis => (long)axis).ToArray();
        (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
        return graph.Onnx.Node("Transpose", [of.Value], output: null, NodeSetting.Of("perm", axes));
    }
}
