using AITrader.Learning.Onnx;

namespace AITrader.Learning.Gradients;

/// <summary>Filters that slide along time.</summary>
public static class Convolutions
{
    /// <summary>Sums of a filter's weights times what is about each moment; beyond the ends there is 0.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="of">[batch, channels, moments].</param>
    /// <param name="filters">[filters, channels, width], with an odd width.</param>
    /// <returns>[batch, filters, moments].</returns>
    /// <exception cref="ArgumentException">Shapes do not match.</exception>
    public static Variable Convolution(this DifferentiableGraph graph, Variable of, Variable filters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(filters);
        if (of.Shape.Rank != 3 || filters.Shape.Rank != 3 || of.Shape[1] != filters.Shape[1] || filters.Shape[2] % 2 == 0)
        {
            throw new ArgumentException($"{of.Shape} and {filters.Shape} are no convolution.", nameof(filters));
        }

        var onnx = graph.Onnx;
        var pads = NodeSetting.Of("pads", [filters.Shape[2] / 2, filters.Shape[2] / 2]);
        return graph.Add(
            onnx.Node("Conv", [of.Value, filters.Value], output: null, pads),
            of.Shape.With(1, filters.Shape[0]),
            new Origin(of, gradient => onnx.Node("ConvTranspose", [gradient, filters.Value], output: null, pads)),
            new Origin(filters, gradient =>
            {
                // Each pair of a channel and a filter is a sum over batch and moments: a convolution with both turned.
                var byChannel = graph.Turned(of.Value, 1, 0, 2);
                var byFilter = graph.Turned(gradient, 1, 0, 2);
                return graph.Turned(onnx.Node("Conv", [byChannel, byFilter], output: null, pads), 1, 0, 2);
            })
        );
    }
}
