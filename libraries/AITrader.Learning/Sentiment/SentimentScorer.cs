using AITrader.Learning.Gradients;
using AITrader.Learning.Models;
using AITrader.Learning.Training;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Sentiment;

/// <summary>Says the scores of texts with weights that change from call to call.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SentimentScorer : IDisposable
{
    private const string Output = "scores";

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _bound;
    private readonly float[] _weights;
    private readonly float[] _scores;

    public SentimentScorer(TextClassifierOptions model, SentimentExamples examples)
    {
        var graph = DifferentiableGraph.ToTrain(Output);
        graph.Output(Output, SentimentExamples.Scores(graph, model));
        using var settings = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph.Onnx.ToBytes(), settings);
        var batch = new Batch(graph.Inputs, examples.Count);
        examples.FillAll(batch);
        (_weights, _scores) = (new float[graph.WeightCount], new float[examples.Count * SentimentExamples.Classes]);
        _binding = _session.CreateIoBinding();
        _bound = batch.Bind(_binding);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_weights, [_weights.Length]));
        _binding.BindInput(DifferentiableGraph.WeightsName, _bound[^1]);
        _bound.Add(OrtValue.CreateTensorValueFromMemory(_scores, [examples.Count, SentimentExamples.Classes]));
        _binding.BindOutput(Output, _bound[^1]);
    }

    /// <summary>Scores of all texts, [rows, classes].</summary>
    public float[] Score(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(_weights);
        _session.RunWithBinding(_run, _binding);
        return [.. _scores];
    }

    public void Dispose()
    {
        _binding.Dispose();
        _bound.ForEach(static value => value.Dispose());
        _run.Dispose();
        _session.Dispose();
    }
}
