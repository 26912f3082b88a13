using AITrader.Inference.Diagnostics;
using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Repository;

/// <summary>Loads the selected versions of a model: all of them, or none.</summary>
internal sealed class ModelEntryLoader(ModelLoader loader, EnsembleLoader ensembles, InferenceMetrics metrics, ILogger<ModelRepository> log)
{
    /// <summary>Loads the changed versions and warms them up; unchanged versions are taken over from <paramref name="old"/>.</summary>
    /// <exception cref="ModelLoadException">The configuration is not valid, or a version cannot be loaded.</exception>
    public ModelEntry Load(ModelFolder folder, string stamp, ModelEntry? old, ModelRepository models)
    {
        var configuration = ModelConfiguration.Read(folder.ConfigurationPath);
        if (configuration.Ensemble is not null)
        {
            return LoadEnsemble(folder, stamp, configuration, models);
        }

        var chosen = configuration.VersionPolicy.Choose([.. folder.Versions.Keys]);
        if (chosen.Count == 0)
        {
            throw new ModelLoadException($"'{folder.Name}' holds no version: expected <version>/model.onnx");
        }

        var labels = VersionLabels.Of(configuration, LabelFile.Read(folder.LabelsPath));
        labels.Check(chosen);

        var fresh = new List<ModelVersion>();
        try
        {
            var versions = new Dictionary<int, ModelVersion>();
            foreach (var version in chosen)
            {
                var identity = folder.Identify(version);
                versions[version] =
                    old?.Versions.GetValueOrDefault(version) is { } same && same.Identity == identity
                        ? same
                        : LoadVersion(identity, configuration, fresh);
            }

            return new ModelEntry(folder.Name, configuration, labels, versions, stamp, Problem: null);
        }
        catch
        {
            fresh.ForEach(Retire);
            throw;
        }
    }

    /// <summary>Retires the versions that the successor did not take over.</summary>
    public void Retire(ModelEntry? old, ModelEntry? successor)
    {
        foreach (var version in old?.Versions.Values ?? [])
        {
            if (successor is null || !successor.Versions.Values.Contains(version))
            {
                Retire(version);
            }
        }
    }

    private void Retire(ModelVersion version)
    {
        metrics.Unloaded(version);
        version.Release();
    }

    private ModelEntry LoadEnsemble(ModelFolder folder, string stamp, ModelConfiguration configuration, ModelRepository models)
    {
        if (folder.Versions.Count > 0)
        {
            throw new ModelLoadException(
                "an ensemble has no versions of its own: remove its version folders, or 'ensemble' from model.json"
            );
        }

        var version = ensembles.Load(folder, configuration, models);
        metrics.Loaded(version);
        log.ModelLoaded(folder.Name, version.Identity.Version, version.Provider);
        var versions = new Dictionary<int, ModelVersion> { [version.Identity.Version] = version };
        return new ModelEntry(folder.Name, configuration, VersionLabels.None, versions, stamp, Problem: null);
    }

    private ModelVersion LoadVersion(ModelIdentity identity, ModelConfiguration configuration, List<ModelVersion> fresh)
    {
        var version = loader.Load(identity, configuration);
        fresh.Add(version);
        metrics.Loaded(version);
        foreach (var step in version.StepDowns)
        {
            log.SteppedDown(identity.Name, identity.Version, step.Provider.NameOf(), step.Reason);
        }

        log.ModelLoaded(identity.Name, identity.Version, version.Provider);
        if (version.Choice.CpuNodesText is { } nodes)
        {
            log.NodesOnCpu(identity.Name, identity.Version, version.Provider, nodes);
        }

        return version;
    }
}
