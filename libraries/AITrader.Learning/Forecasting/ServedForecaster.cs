using AITrader.Learning.Gradients;

namespace AITrader.Learning.Forecasting;

/// <summary>A trained forecaster as a file that the runners serve: input <c>prices</c> float32 [batch, window], oldest first; output
/// <c>forecast</c> float32 [batch, horizon].</summary>
public static class ServedForecaster
{
    /// <summary>Name of the input.</summary>
    public const string Prices = "prices";

    /// <summary>Name of the output.</summary>
    public const string Forecast = "forecast";

    /// <summary>Builds it.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="window">Prices that it looks back on.</param>
    /// <param name="forecast">Defines the model, as it was trained.</param>
    /// <param name="weights">What it was trained to.</param>
    /// <returns>The bytes of an <c>.onnx</c> file; equal for equal arguments.</returns>
    /// <exception cref="ArgumentException">The model has another number of weights.</exception>
    public static byte[] Build(string name, int window, Func<DifferentiableGraph, Variable, Variable> forecast, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        var graph = DifferentiableGraph.ToServe(name, weights);
        graph.Output(Forecast, forecast(graph, graph.Input(Prices, Shape.Of(Shape.Batch, window))));
        return graph.WeightCount == weights.Length
            ? graph.Onnx.ToBytes()
            : throw new ArgumentException($"The model has {graph.WeightCount} weights, and {weights.Length} were given.", nameof(weights));
    }
}
