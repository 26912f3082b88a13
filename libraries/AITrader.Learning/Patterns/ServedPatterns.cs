using AITrader.Learning.Gradients;
using AITrader.Learning.Models;

namespace AITrader.Learning.Patterns;

/// <summary>A trained classifier as a file that the runners serve: input <c>bars</c> float32 [batch, 5, bars], oldest first: open, high, low,
/// close, volume; output <c>probabilities</c> float32 [batch, classes], calibrated.</summary>
public static class ServedPatterns
{
    /// <summary>Name of the input.</summary>
    public const string Bars = "bars";

    /// <summary>Name of the output.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Builds it.</summary>
    /// <param name="recipe">How it was trained.</param>
    /// <param name="weights">What it was trained to.</param>
    /// <param name="temperature">What scores are divided by.</param>
    /// <returns>The bytes of an <c>.onnx</c> file; equal for equal arguments.</returns>
    public static byte[] Build(PatternRecipe recipe, float[] weights, double temperature)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var options = recipe.Model;
        var graph = DifferentiableGraph.ToServe("patterns", weights);
        var bars = graph.Input(Bars, Shape.Of(Shape.Batch, options.Channels, options.Bars));
        graph.Output(Probabilities, graph.Shares(graph.Scale(PatternClassifier.Scores(graph, options, bars), 1 / temperature)));
        return graph.Onnx.ToBytes();
    }
}
