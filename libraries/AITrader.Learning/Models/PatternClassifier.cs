using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>How a classifier of patterns is built.</summary>
/// <param name="Bars">Bars of a window: a multiple of 4.</param>
/// <param name="Classes">Classes, the one for none included.</param>
public sealed record PatternClassifierOptions(int Bars, int Classes)
{
    /// <summary>Numbers of a bar: open, high, low, close, volume.</summary>
    public int Channels { get; init; } = 5;

    /// <summary>Filters of the first layer; the others have twice as many.</summary>
    public int Filters { get; init; } = 16;

    /// <summary>Bars that a filter sees, odd.</summary>
    public int Width { get; init; } = 5;
}

/// <summary>A convolutional network over windows of bars that says which pattern ends with the last one.</summary>
/// <remarks>Prices of a window are brought to a common size by its last close and its mean range, volumes by their mean; so a pattern is
/// the same at any level.</remarks>
public static class PatternClassifier
{
    private const double Least = 1e-6;

    // Candlestick patterns are of five bars at most, and of the one before them.
    private const int Last = 6;

    /// <summary>Defines the model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How it is built.</param>
    /// <param name="bars">[batch, channels, bars], oldest first.</param>
    /// <returns>[batch, classes]: scores before they become shares.</returns>
    public static Variable Scores(DifferentiableGraph graph, PatternClassifierOptions options, Variable bars)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var scaled = Scaled(graph, options, bars);
        var filters = options.Filters;
        var first = Filtered(graph, options, "first", scaled, filters);
        var values = Halved(graph, first);
        values = Halved(graph, Filtered(graph, options, "second", values, 2 * filters));
        values = Filtered(graph, options, "third", values, 2 * filters);

        // Patterns end with the window: its newest part counts by its place, the very last bars as they are, all of it by what is there.
        var joined = graph.Joined(
            1,
            Newest(graph, scaled, Last),
            Newest(graph, first, Last),
            Newest(graph, values, 4),
            graph.Reshape(graph.Mean(values, 2), Shape.Of(Shape.Batch, values.Shape[1]))
        );
        return graph.Dense("scores", graph.Rectified(graph.Dense("joined", joined, 4 * filters)), options.Classes);
    }

    private static Variable Newest(DifferentiableGraph graph, Variable of, int most)
    {
        var moments = of.Shape[2];
        var newest = graph.Part(of, 2, moments - Math.Min(most, moments), moments);
        return graph.Reshape(newest, Shape.Of(Shape.Batch, newest.Shape[1] * newest.Shape[2]));
    }

    private static Variable Scaled(DifferentiableGraph graph, PatternClassifierOptions options, Variable bars)
    {
        var prices = graph.Part(bars, 1, 0, 4);
        var close = graph.Part(graph.Part(bars, 1, 3, 4), 2, options.Bars - 1, options.Bars);
        var range = graph.Difference(graph.Part(bars, 1, 1, 2), graph.Part(bars, 1, 2, 3));
        var size = graph.Shift(graph.Mean(range, 2), Least);
        var scaled = graph.Quotient(graph.Difference(prices, close), size);
        var volume = graph.Part(bars, 1, 4, options.Channels);
        return graph.Joined(1, scaled, graph.Quotient(volume, graph.Shift(graph.Mean(volume, 2), Least)));
    }

    private static Variable Filtered(DifferentiableGraph graph, PatternClassifierOptions options, string name, Variable of, int filters)
    {
        var channels = of.Shape[1];
        var weights = graph.Weights(name, Start.Rectified(channels * options.Width), Shape.Of(filters, channels, options.Width));
        var offsets = graph.Weights($"{name}.offset", Start.Zero, Shape.Of(filters, 1));
        return graph.Rectified(graph.Sum(graph.Convolution(of, weights), offsets));
    }

    // Neighbours in time become their mean.
    private static Variable Halved(DifferentiableGraph graph, Variable of)
    {
        var (channels, moments) = (of.Shape[1], of.Shape[2]);
        var pairs = graph.Mean(graph.Reshape(of, Shape.Of(Shape.Batch, channels, moments / 2, 2)), 3);
        return graph.Reshape(pairs, Shape.Of(Shape.Batch, channels, moments / 2));
    }
}
