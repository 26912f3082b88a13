using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>How a classifier of texts is built.</summary>
/// <param name="Vocabulary">Number of pieces of words that it knows.</param>
/// <param name="Length">Pieces of a text that it reads.</param>
/// <param name="Classes">Classes.</param>
public sealed record TextClassifierOptions(int Vocabulary, int Length, int Classes)
{
    /// <summary>Begins the names of its weights, where several models are one graph.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Values that stand for a piece.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Heads of attention; the width is a multiple of it.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Layers of attention; with none, the order of the pieces does not count: a bag of words.</summary>
    public int Layers { get; init; } = 1;
}

/// <summary>A small transformer encoder (Vaswani and others 2017) over the pieces of a text: a weighted mean of what it makes of them says
/// the class.</summary>
public static class TextClassifier
{
    // Added to the score of a place that only fills a row up.
    private const double Hidden = -1e4;

    /// <summary>Defines the model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="pieces">[batch, length] of whole numbers below the size of the vocabulary.</param>
    /// <param name="counts">[batch, length]: 1 for a piece of the text, 0 for one that fills the row up.</param>
    /// <returns>[batch, classes]: scores before they become shares.</returns>
    /// <exception cref="ArgumentException">The width cannot be divided as the options say.</exception>
    public static Variable Scores(DifferentiableGraph graph, TextClassifierOptions options, Variable pieces, Variable counts)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Width % options.Heads != 0)
        {
            throw new ArgumentException("The width is a multiple of the heads.", nameof(options));
        }

        var table = graph.Weights($"{options.Prefix}pieces", new Start(0, 0.1), Shape.Of(options.Vocabulary, options.Width));
        var values = graph.Rows(table, pieces);
        if (options.Layers > 0)
        {
            values = graph.Sum(
                values,
                graph.Weights($"{options.Prefix}places", new Start(0, 0.02), Shape.Of(options.Length, options.Width))
            );
        }

        var hidden = graph.Scale(graph.Shift(graph.Reshape(counts, Shape.Of(Shape.Batch, 1, 1, options.Length)), -1), -Hidden);
        for (var layer = 0; layer < options.Layers; layer++)
        {
            values = graph.EncoderLayer($"{options.Prefix}layer{layer}", values, options.Heads, hidden);
        }

        return graph.Dense($"{options.Prefix}scores", Pooled(graph, options, values, hidden), options.Classes);
    }

    // What a text comes to: the mean of its pieces, weighted by how much each has to say.
    private static Variable Pooled(DifferentiableGraph graph, TextClassifierOptions options, Variable values, Variable hidden)
    {
        var says = graph.Reshape(graph.Dense($"{options.Prefix}says", values, 1), Shape.Of(Shape.Batch, 1, options.Length));
        var shares = graph.Shares(graph.Sum(says, graph.Reshape(hidden, Shape.Of(Shape.Batch, 1, options.Length))));
        return graph.Reshape(graph.MatrixProduct(shares, values), Shape.Of(Shape.Batch, options.Width));
    }
}
