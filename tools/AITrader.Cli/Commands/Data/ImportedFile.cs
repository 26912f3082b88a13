using System.Security.Cryptography;
using AITrader.Cli.Failures;
using AITrader.Formats;
using AITrader.Formats.Coverage;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Cli.Commands.Data;

/// <summary>A file on its way into the folder of market data, with what lies beside it and is read along.</summary>
internal sealed class ImportedFile
{
    private const string Several = "several";
    private const string Lean = "lean";

    private static readonly string[] LeanResolutions = ["tick", "second", "minute", "hour", "daily"];

    private readonly IReadOnlyList<string> _sources;
    private readonly string _folder;

    private ImportedFile(IReadOnlyList<string> sources, string folder) => (_sources, _folder) = (sources, folder);

    /// <summary>Where it goes.</summary>
    public string Target => TargetOf(_sources[^1]);

    /// <summary>Reads a file to its end, and finds its place.</summary>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    /// <exception cref="Refusal">It holds another symbol.</exception>
    public static ImportedFile Of(string path, string root, string? symbol)
    {
        var coverage = new FileCoverage();
        var held = FileCheck.Run(path, coverage);
        if (symbol is not null && held.Symbols.Any(found => found != symbol))
        {
            throw new Refusal($"{path}: holds {string.Join(' ', held.Symbols.Where(found => found != symbol).Take(5))}, not only {symbol}");
        }

        var series = coverage.Series.ToList();
        var folder =
            held.Source.StartsWith($"{Lean}-", StringComparison.Ordinal) ? Path.Combine(root, Lean, LeanPlaceOf(path))
            : series.Count == 1 ? MarketDataFolder.FolderOf(root, series[0].Symbol, series[0].Kind)
            : MarketDataFolder.FolderOf(root, Several, series.Count > 0 ? series[0].Kind : FileCoverage.Ticks);
        return new ImportedFile([.. Beside(path), path], folder);
    }

    /// <summary>Copies it; the file itself comes last, so that it is never there without what it is read with.</summary>
    /// <returns>Whether anything had to be copied.</returns>
    /// <exception cref="Refusal">Something else is there under its name.</exception>
    public bool Copy(bool overwrite)
    {
        var news = _sources.Where(source => !IsSame(source, TargetOf(source))).ToList();
        if (!overwrite && news.Find(source => File.Exists(TargetOf(source))) is { } other)
        {
            throw new Refusal($"{other}: {TargetOf(other)} is there with other content; --overwrite replaces it");
        }

        Directory.CreateDirectory(_folder);
        foreach (var source in news)
        {
            CopyWhole(source, TargetOf(source));
        }

        return news.Count > 0;
    }

    private static void CopyWhole(string source, string target)
    {
        var part = target + MarketDataFolder.PartSuffix;
        try
        {
            File.Copy(source, part, overwrite: true);
            File.Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static IEnumerable<string> Beside(string path)
    {
        string[] mappings = [path + CsvMapping.Suffix, Path.ChangeExtension(path, null) + CsvMapping.Suffix];
        return mappings.Where(File.Exists).Take(1).Concat(TickFile.FindBeside(path) is { } beside ? [beside] : []);
    }

    // LEAN's folders say what a file is of: they are kept from the type of security on.
    private static string LeanPlaceOf(string path)
    {
        var folders = Path.GetDirectoryName(Path.GetFullPath(path))!.Split(Path.DirectorySeparatorChar);
        var resolution = Array.FindLastIndex(folders, static folder => LeanResolutions.Contains(folder));
        return resolution >= 2
            ? Path.Combine(folders[(resolution - 2)..])
            : throw new Refusal($"{path}: lies in no folder of a resolution");
    }

    private static bool IsSame(string source, string target) =>
        File.Exists(target)
        && new FileInfo(source).Length == new FileInfo(target).Length
        && Hash(source).AsSpan().SequenceEqual(Hash(target));

    private static byte[] Hash(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private string TargetOf(string source) => Path.Combine(_folder, Path.GetFileName(source));
}
