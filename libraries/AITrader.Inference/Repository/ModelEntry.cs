namespace AITrader.Inference.Repository;

/// <summary>A model and its loaded versions. Immutable: a change creates a new entry.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Configuration">Configuration of the model.</param>
/// <param name="Labels">Names of versions, and the split of traffic between them.</param>
/// <param name="Versions">The loaded versions.</param>
/// <param name="Stamp">State of the files at the last attempt to load them.</param>
/// <param name="Problem">Why the last attempt to load failed; null where it succeeded.</param>
internal sealed record ModelEntry(
    string Name,
    ModelConfiguration Configuration,
    VersionLabels Labels,
    IReadOnlyDictionary<int, ModelVersion> Versions,
    string Stamp,
    string? Problem
)
{
    /// <summary>The version for requests that name none: the version with the label <c>stable</c>, else the highest.</summary>
    public ModelVersion? Preferred =>
        Labels.Labels.TryGetValue(VersionLabels.Stable, out var stable) && Versions.TryGetValue(stable, out var labelled)
            ? labelled
            : Versions.OrderByDescending(static version => version.Key).FirstOrDefault().Value;

    /// <summary>The version that serves an instrument; the preferred one where traffic is not split.</summary>
    public ModelVersion? FindFor(string symbol) =>
        Labels.VersionFor(Name, symbol) is { } version && Versions.TryGetValue(version, out var found) ? found : Preferred;

    /// <summary>Finds a version by number or label.</summary>
    public ModelVersion? Find(string version)
    {
        var number = int.TryParse(
            version,
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var parsed
        )
            ? parsed
            : Labels.Labels.GetValueOrDefault(version);
        return Versions.GetValueOrDefault(number);
    }
}
