using AITrader.Learning.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Training;

/// <summary>Runs a model on a fixed set of examples with weights that change from call to call: what validates while another one
/// trains.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class ModelScorer : IDisposable
{
    private const string Output = "scores";

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _bound;
    private readonly float[] _weights;
    private readonly float[] _scores;

    /// <summary>Prepares a model for examples.</summary>
    /// <param name="model">Defines inputs and the model: [batch, width].</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="width">Values that the model gives for each.</param>
    /// <param name="fill">Fills all inputs, once.</param>
    /// <param name="threads">Processors that a call may take.</param>
    public ModelScorer(Func<DifferentiableGraph, Variable> model, int rows, int width, Action<Batch> fill, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(fill);
        var graph = DifferentiableGraph.ToTrain(Output);
        graph.Output(Output, model(graph));
        using var settings = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph.Onnx.ToBytes(), settings);
        var batch = new Batch(graph.Inputs, rows);
        fill(batch);
        (_weights, _scores) = (new float[graph.WeightCount], new float[rows * width]);
        _binding = _session.CreateIoBinding();
        _bound = batch.Bind(_binding);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_weights, [_weights.Length]));
        _binding.BindInput(DifferentiableGraph.WeightsName, _bound[^1]);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_scores, [rows, width]));
        _binding.BindOutput(Output, _bound[^1]);
    }

    /// <summary>Number of weights of the model.</summary>
    public int WeightCount => _weights.Length;

    /// <summary>What the model gives for all examples, [rows, width]; valid until the next call.</summary>
    public ReadOnlySpan<float> Score(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(_weights);
        _session.RunWithBinding(_run, _binding);
        return _scores;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _bound.ForEach(static value => value.Dispose());
        _run.Dispose();
        _session.Dispose();
    }
}
