using System.Globalization;
using AITrader.Inference.Failures;

namespace AITrader.Inference.Repository;

/// <summary>The files of a model on disk.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="ConfigurationPath">Path of its model.json, which need not exist.</param>
/// <param name="LabelsPath">Path of its labels.json, which need not exist.</param>
/// <param name="Versions">Path of each version's model file.</param>
internal sealed record ModelFolder(string Name, string ConfigurationPath, string LabelsPath, IReadOnlyDictionary<int, string> Versions)
{
    private const string ModelFile = "model.onnx";

    /// <summary>State of the files: a different text when a file of the model has changed.</summary>
    public string Stamp => string.Join('|', Versions.Values.Prepend(LabelsPath).Prepend(ConfigurationPath).Select(StampOf));

    /// <summary>Identifies a version by its files. A new model.json may change batching or limits, so it makes every version a new
    /// one; moved labels do not.</summary>
    public ModelIdentity Identify(int version) =>
        new(Name, version, Versions[version], $"{StampOf(ConfigurationPath)}|{StampOf(Versions[version])}");

    /// <summary>Lists the models of a repository: a folder of models, or one model file that is served under its name.</summary>
    /// <exception cref="ModelLoadException">There is neither a folder nor a model file at the path.</exception>
    public static IReadOnlyList<ModelFolder> Scan(string path)
    {
        if (File.Exists(path))
        {
            return
            [
                new ModelFolder(
                    Path.GetFileNameWithoutExtension(path),
                    path + ".json",
                    path + ".labels.json",
                    new Dictionary<int, string> { [1] = path }
                ),
            ];
        }

        if (!Directory.Exists(path))
        {
            throw new ModelLoadException(
                $"models folder '{path}' does not exist; set Inference:ModelPath or ONNX_MODEL_PATH to a model repository or an .onnx file"
            );
        }

        return
        [
            .. Directory
                .EnumerateDirectories(path)
                .Where(static folder => !Path.GetFileName(folder).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(Read)
                .Where(static folder => folder.Versions.Count > 0 || File.Exists(folder.ConfigurationPath)),
        ];
    }

    private static string StampOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{file}:{info.Length}:{info.LastWriteTimeUtc.Ticks}")
            : $"{file}:none";
    }

    private static ModelFolder Read(string folder)
    {
        var versions = new SortedDictionary<int, string>();
        foreach (var candidate in Directory.EnumerateDirectories(folder))
        {
            var file = Path.Combine(candidate, ModelFile);
            var name = Path.GetFileName(candidate);

            // 01 beside 1 would be the same version twice.
            if (
                File.Exists(file)
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                && version > 0
                && name[0] != '0'
            )
            {
                versions[version] = file;
            }
        }

        return new ModelFolder(Path.GetFileName(folder), Path.Combine(folder, "model.json"), Path.Combine(folder, "labels.json"), versions);
    }
}
