using System.Globalization;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Models;

/// <summary>Finds the installed model: <c>models/finbert-tone/{version}/model.onnx</c> beside <c>vocab.txt</c>.</summary>
/// <remarks>Each call searches the disk again, so that a model installed later is found without a restart.</remarks>
internal sealed class InstalledModel(IOptions<FinBertOptions> options, IHostEnvironment host)
{
    private const string ModelFile = "model.onnx";
    private const string Vocabulary = "vocab.txt";
    private const double Megabyte = 1024 * 1024;

    public string Name => options.Value.Model;

    public ModelStatus Find()
    {
        var shown = $"{options.Value.ModelsFolder.TrimEnd('/')}/";
        if (FindFolder() is not { } folder)
        {
            return new AbsentModel($"no model {Name} is installed under {shown}");
        }

        var versions = Versions(folder);
        if (versions.Count == 0)
        {
            return new IncompleteModel($"{shown}{Name} holds no version: <number>/{ModelFile} is missing");
        }

        if (!File.Exists(Path.Combine(folder, Vocabulary)))
        {
            return new IncompleteModel($"{shown}{Name} holds {Describe(versions)} but no {Vocabulary} to split texts with");
        }

        return new CompleteModel(
            [.. versions.Keys],
            versions.Values.Sum(),
            $"{shown}{Name} holds {Describe(versions)}, but this release has no text classifier to run it"
        );
    }

    // Searched upwards, so that a service started from its project folder finds the models of the repository.
    private string? FindFolder()
    {
        for (var root = new DirectoryInfo(host.ContentRootPath); root is not null; root = root.Parent)
        {
            var candidate = Path.Combine(root.FullName, options.Value.ModelsFolder, Name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static SortedDictionary<int, long> Versions(string folder)
    {
        var found = new SortedDictionary<int, long>();
        foreach (var candidate in Directory.EnumerateDirectories(folder))
        {
            var model = new FileInfo(Path.Combine(candidate, ModelFile));
            if (int.TryParse(Path.GetFileName(candidate), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && model.Exists)
            {
                found[version] = model.Length;
            }
        }

        return found;
    }

    private static string Describe(SortedDictionary<int, long> versions) =>
        string.Join(
            ", ",
            versions.Select(static version =>
                string.Create(CultureInfo.InvariantCulture, $"version {version.Key} ({version.Value / Megabyte:0.0} MB)")
            )
        );
}
