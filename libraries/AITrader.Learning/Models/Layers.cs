using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>Layers that several models are made of.</summary>
internal static class Layers
{
    // Beside a variance.
    private const double Least = 1e-5;

    /// <summary>Sums of the last axis with weights of their own, plus an offset each; axes before it stay.</summary>
    public static Variable Dense(this DifferentiableGraph graph, string name, Variable of, int outputs)
    {
        var inputs = of.Shape[-1];
        var weights = graph.Weights(name, Start.Linear(inputs, outputs), Shape.Of(inputs, outputs));
        var offsets = graph.Weights($"{name}.offset", Start.Zero, Shape.Of(outputs));
        return of.Shape.Rank == 2
            ? graph.Layer(of, weights, offsets)
            : graph.Reshape(graph.Layer(graph.Reshape(of, Shape.Of(Shape.Batch, inputs)), weights, offsets), of.Shape.With(-1, outputs));
    }

    /// <summary>The last axis with a mean of 0 and a variance of 1, then scaled and moved by weights (Ba and others 2016).</summary>
    public static Variable Normalised(this DifferentiableGraph graph, string name, Variable of)
    {
        var width = of.Shape[-1];
        var centred = graph.Difference(of, graph.Mean(of, of.Shape.Rank - 1));
        var variance = graph.Mean(graph.Product(centred, centred), of.Shape.Rank - 1);
        var unit = graph.Quotient(centred, graph.SquareRoot(graph.Shift(variance, Least)));
        var scale = graph.Weights($"{name}.scale", Start.One, Shape.Of(width));
        return graph.Sum(graph.Product(unit, scale), graph.Weights($"{name}.offset", Start.Zero, Shape.Of(width)));
    }
}
