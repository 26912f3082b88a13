namespace AITrader.Inference.Repository;

/// <summary>A model as it is served now. Replaced whole, never changed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Configuration">Its settings.</param>
/// <param name="Versions">The loaded versions.</param>
/// <param name="Stamp">The state of its files at the last attempt to load.</param>
/// <param name="Problem">Why the last attempt failed; null where it did not.</param>
internal sealed record ModelEntry(
    string Name,
    ModelConfiguration Configuration,
    IReadOnlyDictionary<int, ModelVersion> Versions,
    string Stamp,
    string? Problem
)
{
    /// <summary>What a request without a version gets: the stable label's version, else the highest.</summary>
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
