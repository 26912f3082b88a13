using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Other arrangements of the same numbers.</summary>
public static class Shaping
{
    /// <summary>The same numbers, row-major, in another shape.</summary>
    /// <exception cref="ArgumentException">It has another number of elements.</exception>
    public static Variable Reshape(this DifferentiableGraph graph, Variable of, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        if (of.Shape.HasBatch != shape.HasBatch)
        {
            throw new ArgumentException($"{of.Shape} is no {shape}: one has a batch, the other has none.", nameof(shape));
        }

        // With a batch its axis takes what the others leave, so that rows may become a part of it.
        return of.Shape.HasBatch || of.Shape.Elements == shape.Elements
            ? graph.Add(
                graph.Onnx.Node("Reshape", [of.Value, graph.Onnx.Constant(shape.Sizes)]),
                shape,
                new Origin(of, gradient => graph.Onnx.Node("Reshape", [gradient, graph.Onnx.Constant(of.Shape.Sizes)]))
            )
            : throw new ArgumentException($"{of.Shape} has {of.Shape.Elements} elements, {shape} {shape.Elements}.", nameof(shape));
    }

    /// <summary>Axes in another order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="of">What is turned.</param>
    /// <param name="axes">For each axis of the result, which one of the operand it is.</param>
    public static Variable Transpose(this DifferentiableGraph graph, Variable of, params ReadOnlySpan<int> axes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        var there = axes.ToArray();
        var back = Enumerable.Range(0, there.Length).Select(axis => Array.IndexOf(there, axis)).ToArray();
        return graph.Add(
            graph.Turned(of.Value, there),
            Shape.Of([.. there.Select(axis => of.Shape[axis])]),
            new Origin(of, gradient => graph.Turned(gradient, back))
        );
    }

    /// <summary>A part along an axis.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="of">What it is a part of.</param>
    /// <param name="axis">The axis; not the batch.</param>
    /// <param name="from">First position, included.</param>
    /// <param name="to">Last position, not included.</param>
    public static Variable Part(this DifferentiableGraph graph, Variable of, int axis, long from, long to)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        var (place, size) = (of.Shape.Axis(axis), of.Shape[axis]);
        if (from < 0 || to <= from || to > size)
        {
            throw new ArgumentException($"Axis {place} of {of.Shape} has no part from {from} to {to}.", nameof(from));
        }

        var onnx = graph.Onnx;
        var before = new long[of.Shape.Rank * 2];
        (before[place], before[place + of.Shape.Rank]) = (from, size - to);
        return graph.Add(
            onnx.Node("Slice", [of.Value, onnx.Constant(from), onnx.Constant(to), onnx.Constant(place)]),
            of.Shape.With(place, to - from),
            new Origin(of, gradient => onnx.Node("Pad", [gradient, onnx.Constant(before)]))
        );
    }

    /// <summary>Values side by side along an axis.</summary>
    public static Variable Joined(this DifferentiableGraph graph, int axis, params ReadOnlySpan<Variable> values)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var (onnx, place) = (graph.Onnx, values[0].Shape.Axis(axis));
        var origins = new Origin[values.Length];
        var end = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            var (from, to) = (end, end + values[i].Shape[place]);
            origins[i] = new Origin(values[i], gradient =>
                onnx.Node("Slice", [gradient, onnx.Constant(from), onnx.Constant(to), onnx.Constant(place)])
            );
            end = to;
        }

        var parts = values.ToArray().Select(static value => value.Value).ToArray();
        var joined = onnx.Node("Concat", parts, output: null, NodeSetting.Of("axis", place));
        return graph.Add(joined, values[0].Shape.With(place, end), origins);
    }

    /// <summary>Whole numbers as numbers to reckon with; no gradient goes through them.</summary>
    public static Variable Numbers(this DifferentiableGraph graph, Variable whole)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(whole);
        var cast = graph.Onnx.Node("Cast", [whole.Value], output: null, NodeSetting.Of("to", (long)OnnxElementType.Fp32));
        return new Variable(cast, whole.Shape, HasGradient: false);
    }

    /// <summary>Rows of a table, by their numbers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="table">[rows, columns].</param>
    /// <param name="numbers">[...] of whole numbers, each from 0 to rows - 1.</param>
    /// <returns>[..., columns].</returns>
    public static Variable Rows(this DifferentiableGraph graph, Variable table, Variable numbers)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(numbers);
        var onnx = graph.Onnx;
        var columns = table.Shape[1];
        return graph.Add(
            onnx.Node("Gather", [table.Value, numbers.Value]),
            Shape.Of([.. numbers.Shape.Sizes, columns]),
            new Origin(table, gradient =>
            {
                var nothing = graph.Times(table.Value, graph.Number(0));
                var places = onnx.Node("Reshape", [numbers.Value, onnx.Constant(-1L, 1L)]);
                var rows = onnx.Node("Reshape", [gradient, onnx.Constant(-1L, columns)]);
                return onnx.Node("ScatterND", [nothing, places, rows], output: null, NodeSetting.Of("reduction", "add"));
            })
        );
    }

    internal static OnnxValue Turned(this DifferentiableGraph graph, OnnxValue of, params ReadOnlySpan<int> axes)
    {
        var order = new long[axes.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = axes[i];
        }

        return graph.Onnx.Node("Transpose", [of], output: null, NodeSetting.Of("perm", order));
    }
}
