namespace AITrader.Inference.Repository;

/// <summary>One line of the repository's index.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">The version; null where none is served.</param>
/// <param name="IsReady">Whether it is served.</param>
/// <param name="Reason">Why it is not served, or what is wrong although it is; else empty.</param>
internal readonly record struct ModelIndexLine(string Name, string? Version, bool IsReady, string Reason)
{
    public string State => IsReady ? "READY" : "UNAVAILABLE";
}

/// <summary>Lists the models of the repository and their states.</summary>
internal static class ModelIndex
{
    /// <param name="models">The repository.</param>
    /// <param name="isReadyOnly">Leaves out what is not served.</param>
    public static IEnumerable<ModelIndexLine> Of(ModelRepository models, bool isReadyOnly) =>
        models
            .Models.SelectMany(Of)
            .Concat(models.Unloaded.Select(static name => new ModelIndexLine(name, null, false, "unloaded")))
            .Where(line => line.IsReady || !isReadyOnly);

    // A version that is served although its successor could not be loaded is ready; the reason tells what failed.
    private static IEnumerable<ModelIndexLine> Of(ModelEntry entry) =>
        entry.Versions.Count == 0
            ? [new ModelIndexLine(entry.Name, null, false, entry.Problem ?? string.Empty)]
            : entry
                .Versions.OrderBy(static pair => pair.Key)
                .Select(pair => new ModelIndexLine(entry.Name, pair.Value.Identity.VersionText, true, entry.Problem ?? string.Empty));
}
