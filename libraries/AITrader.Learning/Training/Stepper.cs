using AITrader.Learning.Gradients;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Learning.Training;

/// <summary>Makes steps of a training: ONNX Runtime executes forward pass, gradient and Adam as one graph, from one set of buffers to
/// another and back.</summary>
/// <remarks>Not thread-safe. The same state, batches and rates give the same weights on the same machine.</remarks>
internal sealed class Stepper : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _bound = [];
    private readonly OrtIoBinding[] _directions;
    private readonly float[][] _weights;
    private readonly float[][] _moments;
    private readonly float[][] _squares;
    private readonly float[] _rate = new float[1];
    private readonly float[] _shrink = new float[1];
    private readonly float[] _loss = new float[1];
    private long _step;

    public Stepper(byte[] graph, Batch batch, TrainingState from, int threads)
    {
        using var settings = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(graph, settings);
        _step = from.Step;
        _weights = Pair(from.Weights);
        _moments = Pair(from.Moments);
        _squares = Pair(from.Squares);
        _directions = [Bind(batch, 0, 1), Bind(batch, 1, 0)];
    }

    /// <summary>Makes a step with what is in the batch; the loss is that before it.</summary>
    /// <param name="rate">How far it goes.</param>
    /// <param name="decay">Share of the rate by which each weight shrinks.</param>
    public float Step(double rate, double decay)
    {
        var direction = (int)(_step % 2);
        _step++;
        _rate[0] = (float)AdamStep.Corrected(rate, _step);
        _shrink[0] = (float)(1 - (rate * decay));
        _session.RunWithBinding(_options, _directions[direction]);
        return _loss[0];
    }

    /// <summary>Weights after the last step: not a copy.</summary>
    public ReadOnlySpan<float> Weights => _weights[_step % 2];

    /// <summary>Where it stands: copies.</summary>
    public TrainingState State => new(_step, [.. _weights[_step % 2]], [.. _moments[_step % 2]], [.. _squares[_step % 2]]);

    public void Dispose()
    {
        foreach (var direction in _directions)
        {
            direction.Dispose();
        }

        foreach (var value in _bound)
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    // An even step reads the first and writes the second: no buffer is read and written by the same run.
    private float[][] Pair(float[] values) =>
        _step % 2 == 0
            ?
            [
                [.. values],
                new float[values.Length],
            ]
            : [new float[values.Length], [.. values]];

    private OrtIoBinding Bind(Batch batch, int from, int to)
    {
        var binding = _session.CreateIoBinding();
        _bound.AddRange(batch.Bind(binding));
        binding.BindInput(DifferentiableGraph.WeightsName, Tensor(_weights[from]));
        binding.BindInput(AdamStep.Moments, Tensor(_moments[from]));
        binding.BindInput(AdamStep.Squares, Tensor(_squares[from]));
        binding.BindInput(AdamStep.Rate, Number(_rate));
        binding.BindInput(AdamStep.Shrink, Number(_shrink));
        binding.BindOutput(AdamStep.NextWeights, Tensor(_weights[to]));
        binding.BindOutput(AdamStep.NextMoments, Tensor(_moments[to]));
        binding.BindOutput(AdamStep.NextSquares, Tensor(_squares[to]));
        binding.BindOutput(AdamStep.Loss, Number(_loss));
        return binding;
    }

    private OrtValue Tensor(float[] values) => Keep(OrtValue.CreateTensorValueFromMemory(values, [values.Length]));

    private OrtValue Number(float[] value) => Keep(OrtValue.CreateTensorValueFromMemory(value, []));

    private OrtValue Keep(OrtValue value)
    {
        _bound.Add(value);
        return value;
    }
}
