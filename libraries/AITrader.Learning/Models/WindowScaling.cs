using AITrader.Learning.Gradients;

namespace AITrader.Learning.Models;

/// <summary>How windows of very different sizes are brought to a common one; forecasts are brought back by the same numbers.</summary>
public enum WindowScaling
{
    /// <summary>Divided by the mean distance from zero: for series whose level says how much they vary.</summary>
    Level,

    /// <summary>Distance from the last value, divided by the mean distance between neighbours: for prices, which vary little about a
    /// level.</summary>
    Moves,
}

/// <summary>A window of a common size, and the way back.</summary>
/// <param name="Values">[batch, window].</param>
/// <param name="Restore">Brings a forecast back.</param>
internal sealed record ScaledWindow(Variable Values, Func<Variable, Variable> Restore);

internal static class WindowScalings
{
    // A window of zeros stays one; prices have at least this tick.
    private const double Least = 1e-6;

    public static ScaledWindow Apply(this WindowScaling scaling, DifferentiableGraph graph, Variable history)
    {
        var window = history.Shape[1];
        if (scaling == WindowScaling.Level)
        {
            var level = graph.Shift(graph.Mean(graph.Absolute(history), 1), Least);
            return new ScaledWindow(graph.Quotient(history, level), forecast => graph.Product(forecast, level));
        }

        var last = graph.Part(history, 1, window - 1, window);
        var moves = graph.Difference(graph.Part(history, 1, 1, window), graph.Part(history, 1, 0, window - 1));
        var size = graph.Shift(graph.Mean(graph.Absolute(moves), 1), Least);
        return new ScaledWindow(graph.Quotient(graph.Difference(history, last), size), forecast =>
            graph.Sum(graph.Product(forecast, size), last)
        );
    }
}
