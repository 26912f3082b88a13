using AITrader.Learning.Gradients;
using AITrader.Learning.Training;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Forecasting;

/// <summary>Forecasts with a model whose weights change from call to call: what validates while another one trains.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class WindowForecaster : IDisposable
{
    private const string History = "history";
    private const string Forecasts = "forecast";

    private readonly Batch _batch;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _bound;
    private readonly float[] _weights;
    private readonly float[] _forecast;

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
        var graph = DifferentiableGraph.ToTrain(Forecasts);
        graph.Output(Forecasts, forecast(graph, graph.Input(History, Shape.Of(Shape.Batch, windows.Length / rows))));
        using var settings = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph.Onnx.ToBytes(), settings);
        _batch = new Batch(graph.Inputs, rows);
        windows.CopyTo(_batch.Numbers(History));
        (_weights, _forecast) = (new float[graph.WeightCount], new float[rows * horizon]);
        _binding = _session.CreateIoBinding();
        _bound = _batch.Bind(_binding);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_weights, [_weights.Length]));
        _binding.BindInput(DifferentiableGraph.WeightsName, _bound[^1]);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_forecast, [rows, horizon]));
        _binding.BindOutput(Forecasts, _bound[^1]);
    }

    /// <summary>Number of weights of the model.</summary>
    public int WeightCount => _weights.Length;

    /// <summary>Forecasts of all windows, [rows, horizon]; valid until the next call.</summary>
    public ReadOnlySpan<float> Forecast(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(_weights);
        _session.RunWithBinding(_options, _binding);
        return _forecast;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _bound.ForEach(static value => value.Dispose());
        _options.Dispose();
        _session.Dispose();
    }
}
