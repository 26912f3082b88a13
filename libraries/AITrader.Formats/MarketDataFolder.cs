using AITrader.Formats.Csv;

namespace AITrader.Formats;

/// <summary>A folder of market data: which of its files are data, and where a series lies in it.</summary>
public static class MarketDataFolder
{
    /// <summary>End of the name of a file that is still being written.</summary>
    public const string PartSuffix = ".part";

    /// <summary>End of the name of a file with the checksum of another one.</summary>
    public const string ChecksumSuffix = ".CHECKSUM";

    /// <summary>The data files below a folder, by name; not what lies beside them: mappings, checksums, files that are still being written,
    /// orderbooks that are read along with their messages, hidden files.</summary>
    public static IReadOnlyList<string> Files(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsData).Order(StringComparer.Ordinal).ToList();
        var beside = files.Select(TickFile.FindBeside).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return files.FindAll(file => !beside.Contains(file));
    }

    /// <summary>Where a series lies: the symbol's folder and in it that of its kind, such as <c>NSE-INFY/bars-1m</c>.</summary>
    public static string FolderOf(string root, string symbol, string kind)
    {
        ArgumentNullException.ThrowIfNull(symbol);

        // What file systems do not take in names, or take as a way to another folder.
        var name = string.Concat(symbol.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '&' ? letter : '-'));
        return Path.Combine(root, name, kind);
    }

    private static bool IsData(string file) =>
        Path.GetFileName(file) is var name
        && !name.StartsWith('.')
        && !name.EndsWith(CsvMapping.Suffix, StringComparison.Ordinal)
        && !name.EndsWith(ChecksumSuffix, StringComparison.Ordinal)
        && !name.EndsWith(PartSuffix, StringComparison.Ordinal);
}
