using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Registry.Cards;

namespace AITrader.Registry.Shelves;

/// <summary>A model repository on disk: <c>NAME/VERSION/model.onnx</c> with its card, <c>NAME/model.json</c>, and <c>labels.json</c>
/// once a label moved, as the runners read them.</summary>
/// <param name="root">Its folder.</param>
public sealed class ModelShelf(string root)
{
    private const string Graph = "model.onnx";

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>Names of all models, in order.</summary>
    public IReadOnlyList<string> Models =>
        Directory.Exists(_root)
            ?
            [
                .. Directory
                    .EnumerateDirectories(_root)
                    .Select(Path.GetFileName)
                    .OfType<string>()
                    .Where(name => VersionsOf(name).Count > 0)
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Versions of a model that have a file, from the oldest; none of a model that is not there.</summary>
    public IReadOnlyList<int> VersionsOf(string model)
    {
        var folder = FolderOf(model);
        return Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Where(static version => File.Exists(Path.Combine(version, Graph)))
                    .Select(static version => NumberOf(Path.GetFileName(version)))
                    .Where(static number => number > 0)
                    .Order(),
            ]
            : [];
    }

    /// <summary>Card of a version; null where it has none.</summary>
    /// <exception cref="InvalidDataException">It is no card.</exception>
    public ModelCard? CardOf(string model, int version) => CardFile.Read(Path.Combine(FolderOf(model), Number(version), CardFile.Name));

    /// <summary>SHA-256 of the file of a version, in lower-case hexadecimal digits.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string HashOf(string model, int version)
    {
        using var file = File.OpenRead(Path.Combine(FolderOf(model), Number(version), Graph));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Versions by their labels, such as <c>stable</c>, as runners see them; empty where nothing names one.</summary>
    /// <exception cref="InvalidDataException">What names them cannot be read.</exception>
    public IReadOnlyDictionary<string, int> LabelsOf(string model) => new LabelFile(FolderOf(model)).Read();

    /// <summary>Adds a version: it is whole, or not there. The label <c>stable</c> does not move to it, but for the first one.</summary>
    /// <param name="kind">What the model takes and gives; written where there is no <c>model.json</c> yet.</param>
    /// <param name="model">The bytes of its <c>.onnx</c> file.</param>
    /// <param name="others">Other files of the version, by name.</param>
    /// <param name="card">Its card; version, hash and previous version are filled in.</param>
    /// <returns>The card as it was written.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public ModelCard Add(ModelKind kind, byte[] model, IReadOnlyDictionary<string, byte[]> others, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(card);
        var folder = Directory.CreateDirectory(FolderOf(card.Model)).FullName;
        // A name that is no number: runners do not look into it before it is whole.
        var hash = Convert.ToHexStringLower(SHA256.HashData(model));
        var draft = Path.Combine(folder, $".draft-{Environment.ProcessId}-{hash[..12]}");
        try
        {
            Directory.CreateDirectory(draft);
            Write(draft, Graph, model);
            foreach (var (name, bytes) in others)
            {
                Write(draft, name, bytes);
            }

            var added = Place(folder, draft, card with { Sha256 = hash });
            ModelFile.WriteIfMissing(Path.Combine(folder, "model.json"), kind, added.Version);
            return added;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    /// <summary>Makes a version the one that answers where none is named.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="label">The label that moves to it.</param>
    /// <exception cref="KeyNotFoundException">There is no such version.</exception>
    /// <exception cref="InvalidDataException">What names labels cannot be read.</exception>
    public void Label(string model, int version, string label)
    {
        var versions = VersionsOf(model);
        if (!versions.Contains(version))
        {
            throw new KeyNotFoundException(
                versions.Count == 0
                    ? $"there is no model '{model}' in {_root}; there are: {string.Join(", ", Models)}"
                    : $"{model} has no version {version}; it has {string.Join(", ", versions)}"
            );
        }

        new LabelFile(FolderOf(model)).Move(label, version);
    }

    // Two trainings may end at once: whoever comes second takes the next number.
    private ModelCard Place(string folder, string draft, ModelCard card)
    {
        while (true)
        {
            var newest = VersionsOf(card.Model).DefaultIfEmpty(0).Max();
            var taken = Directory.EnumerateDirectories(folder).Max(static version => NumberOf(Path.GetFileName(version)));
            var placed = card with { Version = taken + 1, Previous = newest > 0 ? newest : null };
            Write(draft, CardFile.Name, CardFile.Write(placed));
            Write(draft, CardPage.Name, Encoding.UTF8.GetBytes(CardPage.Write(placed)));
            var target = Path.Combine(folder, Number(placed.Version));
            try
            {
                Directory.Move(draft, target);
                return placed;
            }
            catch (IOException) when (Directory.Exists(target))
            {
                // Taken meanwhile.
            }
        }
    }

    private string FolderOf(string model) => Path.Combine(_root, ModelName.Checked(model));

    private static void Write(string folder, string name, byte[] bytes)
    {
        using var file = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static int NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
