using AITrader.Inference.Failures;
using AITrader.Inference.Repository;

namespace AITrader.Inference.Standalone;

/// <summary>Opens models for a service that finds their files by itself and calls them in its own process.</summary>
public sealed class ModelOpener
{
    private readonly ModelLoader _loader;
    private readonly InferenceMetrics _metrics;

    internal ModelOpener(ModelLoader loader, InferenceMetrics metrics) => (_loader, _metrics) = (loader, metrics);

    /// <summary>Opens a model and runs it as a warm-up.</summary>
    /// <param name="name">Name of the model, for metrics and provenance.</param>
    /// <param name="version">Version of the model.</param>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="ModelLoadException">The model cannot be opened, or its sample run fails.</exception>
    public OpenModel Open(string name, int version, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var opened = _loader.Load(new ModelIdentity(name, version, path, Stamp: string.Empty), ModelConfiguration.Default);
        _metrics.Loaded(opened);
        return new OpenModel(opened, _metrics);
    }
}
