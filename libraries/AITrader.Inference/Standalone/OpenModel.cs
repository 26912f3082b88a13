using System.Runtime.InteropServices;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Standalone;

/// <summary>An input or output that a model declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as the Open Inference Protocol names it, e.g. <c>INT64</c>.</param>
/// <param name="Shape">Its sizes; -1 where one varies.</param>
public sealed record ModelValue(string Name, string Type, IReadOnlyList<long> Shape);

/// <summary>Whole numbers for an input.</summary>
/// <param name="Name">Name of the input.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Values">Row-major.</param>
public sealed record WholeNumbers(string Name, long[] Shape, long[] Values);

/// <summary>What a run gave.</summary>
/// <param name="Numbers">The output that was asked for, row-major.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Queue">Time that the run waited.</param>
/// <param name="Compute">Time that it took.</param>
public sealed record ModelRun(float[] Numbers, IReadOnlyList<long> Shape, TimeSpan Queue, TimeSpan Compute);

/// <summary>A model that is open and warm. Calls hold it while they use it; a retired one is closed when the last call has released
/// it.</summary>
public sealed class OpenModel
{
    private readonly ModelVersion _version;
    private readonly InferenceMetrics _metrics;

    internal OpenModel(ModelVersion version, InferenceMetrics metrics) => (_version, _metrics) = (version, metrics);

    /// <summary>Name of the model.</summary>
    public string Name => _version.Identity.Name;

    /// <summary>Version of the model.</summary>
    public string Version => _version.Identity.VersionText;

    /// <summary>Execution provider, e.g. <c>CPU</c>.</summary>
    public string Provider => _version.Provider;

    /// <summary>What it takes.</summary>
    public IReadOnlyList<ModelValue> Inputs => [.. _version.Signature.Inputs.Select(Describe)];

    /// <summary>What it gives.</summary>
    public IReadOnlyList<ModelValue> Outputs => [.. _version.Signature.Outputs.Select(Describe)];

    /// <summary>Completes when the memory of a retired model is free.</summary>
    public Task Closed => _version.Closed;

    /// <summary>Holds it for a call, which releases it afterwards; false where it is closed.</summary>
    public bool TryHold() => _version.TryHold();

    /// <summary>Releases it after a call.</summary>
    public void Release() => _version.Release();

    /// <summary>Gives it up: new calls cannot hold it, and it is closed after those that do.</summary>
    public void Retire()
    {
        _metrics.Unloaded(_version);
        _version.Release();
    }

    /// <summary>Runs it; inputs may come in any order.</summary>
    /// <param name="inputs">All inputs of the model.</param>
    /// <param name="output">Name of an output of 32-bit floats.</param>
    /// <param name="cancellationToken">Removes the run from the queue, or stops it.</param>
    /// <exception cref="InferenceException">The run was refused, timed out or failed.</exception>
    public async ValueTask<ModelRun> RunAsync(IReadOnlyList<WholeNumbers> inputs, string output, CancellationToken cancellationToken)
    {
        var done = await _version.InferAsync([.. inputs.Select(TensorOf)], CallTerms.Usual, cancellationToken);
        var found = Array.Find(done.Outputs, tensor => tensor.Name == output && tensor.Type == TensorType.Fp32)
            ?? throw InferenceException.Internal($"model '{Name}' has no output '{output}' of FP32");
        return new ModelRun(MemoryMarshal.Cast<byte, float>(found.Raw).ToArray(), found.Shape, done.Queue, done.Compute);
    }

    private static Tensor TensorOf(WholeNumbers input) =>
        Tensor.OfRaw(input.Name, TensorType.Int64, input.Shape, MemoryMarshal.AsBytes<long>(input.Values).ToArray());

    private static ModelValue Describe(TensorSpec spec) => new(spec.Name, spec.Type.NameOf(), spec.Shape);
}
