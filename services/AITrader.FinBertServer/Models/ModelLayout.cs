using System.Globalization;
using AITrader.Registry.Shelves;

namespace AITrader.FinBertServer.Models;

/// <summary>A folder that holds a text classifier as Hugging Face publishes it: <c>model.onnx</c>, <c>config.json</c>, <c>vocab.txt</c>
/// and, where there is one, <c>tokenizer_config.json</c>.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Its version; 0 where the model's folder holds the files itself.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Stamp">State of its files: another text when one of them has changed.</param>
internal sealed record ModelLayout(string Name, int Version, string Folder, string Stamp)
{
    private const string Graph = "model.onnx";
    private const string Stable = "stable";

    public string GraphPath => Path.Combine(Folder, Graph);

    public string ConfigurationPath => Path.Combine(Folder, "config.json");

    public string VocabularyPath => Path.Combine(Folder, "vocab.txt");

    public string TokenizerConfigurationPath => Path.Combine(Folder, "tokenizer_config.json");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} version {Version}");

    /// <summary>Versions of a model: the promoted one, where there is one, then the highest first.</summary>
    /// <exception cref="IOException">The disk, or what says which one was promoted, cannot be read.</exception>
    public static IEnumerable<ModelLayout> Find(string models, string name)
    {
        var folder = Path.Combine(models, name);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var versions = Directory.EnumerateDirectories(folder).Select(candidate => (Folder: candidate, Version: VersionOf(candidate)));
        var found = versions.Where(static candidate => candidate.Version > 0).ToList();
        if (File.Exists(Path.Combine(folder, Graph)))
        {
            found.Add((folder, 0));
        }

        var promoted = PromotedOf(models, name);
        return found
            .OrderByDescending(candidate => candidate.Version == promoted)
            .ThenByDescending(static candidate => candidate.Version)
            .Select(candidate => new ModelLayout(name, candidate.Version, candidate.Folder, StampOf(candidate.Folder)));
    }

    private static int? PromotedOf(string models, string name)
    {
        try
        {
            return ModelName.IsValid(name) && new ModelShelf(models).LabelsOf(name).TryGetValue(Stable, out var version) ? version : null;
        }
        catch (InvalidDataException problem)
        {
            throw new IOException(problem.Message, problem);
        }
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static string StampOf(string folder) =>
        string.Join(
            '|',
            new DirectoryInfo(folder)
                .EnumerateFiles()
                .OrderBy(static file => file.Name, StringComparer.Ordinal)
                .Select(static file =>
                    string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}")
                )
        );
}
