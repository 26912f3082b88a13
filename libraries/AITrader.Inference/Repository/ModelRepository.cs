using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AITrader.Inference.Diagnostics;
using AITrader.Inference.Failures;
using Microsoft.Extensions.Logging;

namespace AITrader.Inference.Repository;

/// <summary>The models that the server serves. Requests read it from any thread; models are loaded one at a time.</summary>
/// <remarks>A version is served only after its warm-up. When a reload fails, the loaded versions stay in service and the reason is
/// recorded. Requests in flight finish on the version with which they started.</remarks>
internal sealed class ModelRepository(ModelPath path, ModelEntryLoader loader, InferenceMetrics metrics, ILogger<ModelRepository> log)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ModelEntry> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _unloaded = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _problem = "the models are being loaded";

    /// <summary>All models, by name.</summary>
    public IReadOnlyList<ModelEntry> Models => [.. _models.Values.OrderBy(static entry => entry.Name, StringComparer.Ordinal)];

    /// <summary>Names of the models that were unloaded by request.</summary>
    public IEnumerable<string> Unloaded => _unloaded.Keys.Order(StringComparer.Ordinal);

    /// <summary>The reason why no model can be served; null where there is none.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>The reason why the process is about to end; null where it is not. It still serves.</summary>
    public string? Leaving { get; private set; }

    /// <summary>Says that the process is about to end.</summary>
    public void Leave(string reason) => Leaving = reason;

    /// <summary>Finds a version and holds it for one request, which must release it afterwards.</summary>
    /// <exception cref="InferenceException">No such model or version, or it is not ready.</exception>
    /// <param name="model">The model's name.</param>
    /// <param name="version">Number or label; null lets the server choose.</param>
    /// <param name="symbol">The instrument by which it chooses; null for none.</param>
    public ModelVersion Hold(string model, string? version, string? symbol = null)
    {
        // A version can be retired between the look-up and the hold; then its successor is already in the table.
        for (; ; )
        {
            var found = Find(model, version, symbol);
            if (found.TryHold())
            {
                return found;
            }
        }
    }

    /// <summary>Finds a version without holding it.</summary>
    /// <exception cref="InferenceException">No such model or version, or it is not ready.</exception>
    public ModelVersion Find(string model, string? version, string? symbol = null)
    {
        var entry = FindEntry(model);
        var found =
            version is not null ? entry.Find(version)
            : symbol is not null ? entry.FindFor(symbol)
            : entry.Preferred;
        return found
            ?? throw (
                version is null || entry.Problem is not null
                    ? InferenceException.Unavailable($"model '{model}' is not ready: {entry.Problem ?? "no version is loaded"}")
                    : InferenceException.NotFound(
                        $"model '{model}' has no version '{version}'; served: {string.Join(", ", entry.Versions.Keys.Order())}"
                    )
            );
    }

    /// <summary>Selects loaded versions: of all models where none is named, all versions of a model where none of them is.</summary>
    /// <exception cref="InferenceException">No such model or version, or it is not ready.</exception>
    public IReadOnlyList<ModelVersion> Select(string? model, string? version) =>
        model is null ? [.. Models.SelectMany(static entry => entry.Versions.Values)]
        : version is null ? [.. FindEntry(model).Versions.Values]
        : [Find(model, version)];

    /// <summary>Finds a model.</summary>
    /// <exception cref="InferenceException">No such model, or the repository is not loaded yet.</exception>
    public ModelEntry FindEntry(string model)
    {
        if (_models.TryGetValue(model, out var entry))
        {
            return entry;
        }

        throw Problem is { } problem ? InferenceException.Unavailable(problem)
        : _unloaded.ContainsKey(model) ? InferenceException.Unavailable($"model '{model}' is unloaded")
        : InferenceException.NotFound($"there is no model '{model}'");
    }

    /// <summary>Loads new and changed models, and removes models whose files are gone.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (TryScan(out var folders))
            {
                // Models first, and then the ensembles that are made of them.
                var served = folders.Where(folder => !_unloaded.ContainsKey(folder.Name));
                foreach (var folder in served.OrderBy(static folder => folder.Versions.Count == 0))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    LoadIfChanged(folder);
                }

                foreach (var gone in _models.Keys.Except(folders.Select(static folder => folder.Name)))
                {
                    Remove(gone);
                }

                SetProblem(folders.Count == 0 ? $"models folder '{path.Full}' holds no model" : null);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Loads a model that was unloaded, or retries one that failed to load.</summary>
    /// <exception cref="InferenceException">There is no model of that name, or it cannot be loaded.</exception>
    public async Task LoadAsync(string model, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var folder = FolderOf(model);
            _unloaded.TryRemove(model, out _);
            Load(folder, StampOf(folder));
        }
        finally
        {
            _gate.Release();
        }

        if (FindEntry(model).Problem is { } problem)
        {
            throw InferenceException.BadRequest($"model '{model}' was not loaded: {problem}");
        }
    }

    /// <summary>Moves labels to other loaded versions, or changes the split of traffic; all of it, or nothing.</summary>
    /// <exception cref="InferenceException">No such model, or a label would name a version that is not loaded.</exception>
    public async Task<VersionLabels> MoveLabelsAsync(string model, LabelChange change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var entry = FindEntry(model);
            if (entry.Configuration.Ensemble is not null)
            {
                throw InferenceException.BadRequest($"model '{model}' is an ensemble: labels are its members'");
            }

            var moved = change.ApplyTo(entry.Labels);
            try
            {
                moved.Check(entry.Versions.Keys);
            }
            catch (ModelLoadException refusal)
            {
                throw InferenceException.BadRequest(refusal.Message, refusal);
            }

            var folder = FolderOf(model);
            var isCurrent = entry.Stamp == StampOf(folder);
            new LabelFile { Labels = moved.Labels, Traffic = moved.Traffic }.Write(folder.LabelsPath);

            // Files that changed meanwhile stay to be looked at.
            _models[model] = entry with { Labels = moved, Stamp = isCurrent ? folder.Stamp : entry.Stamp };
            log.LabelsMoved(model, string.Join(", ", moved.Labels.Select(static pair => $"{pair.Key} = {pair.Value}")));
            return moved;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops serving a model until it is loaded again; completes when its memory is free.</summary>
    /// <exception cref="InferenceException">The model is not loaded.</exception>
    public async Task UnloadAsync(string model, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var entry = FindEntry(model);
            _unloaded[model] = 0;
            Remove(model);
            await Task.WhenAll(entry.Versions.Values.Select(static version => version.Closed)).WaitAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var versions = _models.Values.SelectMany(static entry => entry.Versions.Values).ToArray();
        foreach (var name in _models.Keys)
        {
            Remove(name);
        }

        await Task.WhenAll(versions.Select(static version => version.Closed));
        _gate.Dispose();
    }

    private ModelFolder FolderOf(string model) =>
        !TryScan(out var folders)
            ? throw InferenceException.Unavailable(Problem!)
            : folders.FirstOrDefault(candidate => candidate.Name == model)
                ?? throw InferenceException.NotFound($"there is no model '{model}' in the repository");

    private bool TryScan([NotNullWhen(true)] out IReadOnlyList<ModelFolder>? folders)
    {
        try
        {
            folders = ModelFolder.Scan(path.Full);
            return true;
        }
        catch (Exception failure) when (failure is ModelLoadException or IOException or UnauthorizedAccessException)
        {
            folders = null;
            SetProblem(failure.Message);
            return false;
        }
    }

    private void SetProblem(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            log.RepositoryUnusable(problem);
        }

        Volatile.Write(ref _problem, problem);
    }

    private void LoadIfChanged(ModelFolder folder)
    {
        var stamp = StampOf(folder);
        if (!_models.TryGetValue(folder.Name, out var entry) || entry.Stamp != stamp)
        {
            Load(folder, stamp);
        }
    }

    // Only an ensemble has no versions; it depends on its members' too.
    private string StampOf(ModelFolder folder) =>
        folder.Versions.Count > 0 ? folder.Stamp : $"{folder.Stamp}|{EnsembleLoader.StampOf(folder, this)}";

    private void Load(ModelFolder folder, string stamp)
    {
        var old = _models.GetValueOrDefault(folder.Name);
        try
        {
            var entry = loader.Load(folder, stamp, old, this);
            _models[folder.Name] = entry;
            loader.Retire(old, entry);
        }
        catch (Exception failure) when (failure is ModelLoadException or IOException or UnauthorizedAccessException)
        {
            log.ModelNotLoaded(folder.Name, failure.Message, old?.Versions.Count ?? 0);
            metrics.LoadFailed(folder.Name);
            _models[folder.Name] = old is null
                ? new ModelEntry(
                    folder.Name,
                    ModelConfiguration.Default,
                    VersionLabels.None,
                    new Dictionary<int, ModelVersion>(),
                    stamp,
                    failure.Message
                )
                : old with
                {
                    Stamp = stamp,
                    Problem = failure.Message,
                };
        }
    }

    private void Remove(string name)
    {
        if (_models.TryRemove(name, out var entry))
        {
            loader.Retire(entry, successor: null);
            log.ModelUnloaded(name);
        }
    }
}
