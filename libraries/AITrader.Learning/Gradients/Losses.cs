namespace AITrader.Learning.Gradients;

/// <summary>What a model is trained to make small: single numbers, means over all elements of the batch.</summary>
public static class Losses
{
    // Forecasts and values of about nothing: no number is divided by less.
    private const double Least = 1e-6;

    /// <summary>Mean of the squared differences.</summary>
    public static Variable SquaredError(this DifferentiableGraph graph, Variable forecast, Variable actual)
    {
        var difference = graph.Difference(forecast, actual);
        return graph.Mean(graph.Product(difference, difference));
    }

    /// <summary>Symmetric mean absolute percentage error, 0 to 200; what is divided by counts as fixed, as N-BEATS has it.</summary>
    public static Variable SymmetricPercentageError(this DifferentiableGraph graph, Variable forecast, Variable actual, Variable weights)
    {
        var size = graph.Sum(graph.Absolute(graph.Detached(forecast)), graph.Absolute(actual));
        return Weighted(graph, graph.Scale(Ratio(graph, forecast, actual, size), 200), weights);
    }

    /// <summary>Mean absolute percentage error, as a share.</summary>
    public static Variable PercentageError(this DifferentiableGraph graph, Variable forecast, Variable actual, Variable weights) =>
        Weighted(graph, Ratio(graph, forecast, actual, graph.Absolute(actual)), weights);

    /// <summary>Mean absolute error in units of each row's scale.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="forecast">[batch, horizon].</param>
    /// <param name="actual">[batch, horizon].</param>
    /// <param name="scale">[batch, 1]: error of the seasonal naive forecast in the row's own past.</param>
    /// <param name="weights">[batch, horizon].</param>
    public static Variable ScaledError(
        this DifferentiableGraph graph,
        Variable forecast,
        Variable actual,
        Variable scale,
        Variable weights
    ) => Weighted(graph, Ratio(graph, forecast, actual, scale), weights);

    /// <summary>Mean of minus the logarithm of the probability that the right class was given.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scores">[batch, classes], before they become shares.</param>
    /// <param name="targets">[batch, classes]: shares; weights of classes are in them.</param>
    public static Variable CrossEntropy(this DifferentiableGraph graph, Variable scores, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return graph.Scale(graph.Mean(graph.Product(graph.LogarithmsOfShares(scores), targets)), -scores.Shape[1]);
    }

    private static Variable Ratio(DifferentiableGraph graph, Variable forecast, Variable actual, Variable size) =>
        graph.Quotient(graph.Absolute(graph.Difference(forecast, actual)), graph.Shift(size, Least));

    private static Variable Weighted(DifferentiableGraph graph, Variable errors, Variable weights) =>
        graph.Mean(graph.Product(errors, weights));
}
