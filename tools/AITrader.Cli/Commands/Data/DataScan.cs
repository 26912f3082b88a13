using AITrader.Formats;
using AITrader.Formats.Coverage;
using AITrader.Formats.Reading;

namespace AITrader.Cli.Commands.Data;

/// <summary>A file that was read to its end, or what is wrong with it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Summary">What it holds; null where it cannot be used.</param>
/// <param name="Problem">What is wrong with it; null where nothing is.</param>
internal sealed record ScannedFile(string Path, FileSummary? Summary, string? Problem);

/// <summary>Reads files to their ends; a bad one costs only itself.</summary>
internal sealed class DataScan
{
    /// <summary>What the good files hold together.</summary>
    public FolderCoverage Coverage { get; } = new();

    /// <summary>The files of arguments: those of a folder are the data files below it.</summary>
    public static IReadOnlyList<string> FilesOf(IEnumerable<string> paths) =>
        [.. paths.SelectMany(static path => Directory.Exists(path) ? MarketDataFolder.Files(path) : [path])];

    /// <summary>Reads one file.</summary>
    public ScannedFile Read(string path)
    {
        try
        {
            var coverage = new FileCoverage();
            var summary = FileCheck.Run(path, coverage);
            Coverage.Add(coverage, new FileInfo(path).Length);
            return new ScannedFile(path, summary, null);
        }
        catch (MarketDataException problem)
        {
            return new ScannedFile(path, null, problem.Message);
        }
    }
}
