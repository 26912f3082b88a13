using System.Globalization;

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

    public string GraphPath => Path.Combine(Folder, Graph);

    public string ConfigurationPath => Path.Combine(Folder, "config.json");

    public string VocabularyPath => Path.Combine(Folder, "vocab.txt");

    public string TokenizerConfigurationPath => Path.Combine(Folder, "tokenizer_config.json");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} version {Version}");

    /// <summary>Versions of a model, the highest first.</summary>
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

        return found
            .OrderByDescending(static candidate => candidate.Version)
            .Select(candidate => new ModelLayout(name, candidate.Version, candidate.Folder, StampOf(candidate.Folder)));
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
