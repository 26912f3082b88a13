namespace AITrader.Inference.Repository;

/// <summary>A model and its loaded versions. Immutable: a change creates a new entry.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Configuration">Configuration of the model.</param>
/// <param name="Versions">The loaded versions.</param>
/// <param name="Stamp">State of the files at the last attempt to load them.</param>
/// <param name="Problem">Why the last attempt to load failed; null where it succeeded.</param>
internal sealed record ModelEntry(
    string Name,
    ModelConfiguration Configuration,
    IReadOnlyDictionary<int, ModelVersion> Versions,
    string Stamp,
    string? Problem
)
{
    /// <summary>The version for requests that name none: the version with the label <c>stable</c>, else the highest.</summary>
    public ModelVersion? Preferred =>
        Configuration.Labels is { } labels && labels.TryGetValue("stable", out var stable) && Versions.TryGetValue(stable, out var labelled)
            ? labelled
            : Versions.OrderByDescending(static version => version.Key).FirstOrDefault().Value;

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
            : Configuration.Labels?.GetValueOrDefault(version) ?? 0;
        return Versions.GetValueOrDefault(number);
    }
}
