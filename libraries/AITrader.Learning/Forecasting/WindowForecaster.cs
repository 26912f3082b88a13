using AITrader.Learning.Gradients;
using AITrader.Learning.Training;

namespace AITrader.Learning.Forecasting;

/// <summary>Forecasts with a model whose weights change from call to call: what validates while another one trains.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class WindowForecaster : IDisposable
{
    private const string History = "history";

    private readonly ModelScorer _scorer;

    /// <summary>Prepares a model for windows.</summary>
    /// <param name="forecast">Defines the model: [batch, window] to [batch, horizon].</param>
    /// <param name="windows">[rows, window], oldest values first.</param>
    /// <param name="rows">Number of windows.</param>
    /// <param name="horizon">Values that the model forecasts.</param>
    /// <param name="threads">Processors that a call may take.</param>
    public WindowForecaster(Func<DifferentiableGraph, Variable, Variable> forecast, float[] windows, int rows, int horizon, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentNullException.ThrowIfNull(windows);
        var shape = Shape.Of(Shape.Batch, windows.Length / rows);
        _scorer = new ModelScorer(
            graph => forecast(graph, graph.Input(History, shape)),
            rows,
            horizon,
            batch => windows.CopyTo(batch.Numbers(History)),
            threads
        );
    }

    /// <summary>Number of weights of the model.</summary>
    public int WeightCount => _scorer.WeightCount;

    /// <summary>Forecasts of all windows, [rows, horizon]; valid until the next call.</summary>
    public ReadOnlySpan<float> Forecast(ReadOnlySpan<float> weights) => _scorer.Score(weights);

    /// <inheritdoc/>
    public void Dispose() => _scorer.Dispose();
}
