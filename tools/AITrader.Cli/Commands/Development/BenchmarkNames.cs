using System.Text.RegularExpressions;
using AITrader.Cli.Repository;

namespace AITrader.Cli.Commands.Development;

/// <summary>Reads the names of all benchmarks from their sources, so that listing them needs no build.</summary>
internal sealed partial class BenchmarkNames(Installation installation)
{
    /// <summary>The name of each benchmark with a sentence on what it measures.</summary>
    public IReadOnlyDictionary<string, string> All() =>
        new SortedDictionary<string, string>(
            Directory
                .EnumerateFiles(installation.In("benchmarks", "AITrader.Benchmarks"), "*Benchmark.cs")
                .Select(File.ReadAllText)
                .Select(static source => (Name: NameLine().Match(source), Summary: SummaryLine().Match(source)))
                .Where(static found => found.Name.Success && found.Summary.Success)
                .ToDictionary(static found => found.Name.Groups[1].Value, static found => found.Summary.Groups[1].Value),
            StringComparer.Ordinal
        );

    [GeneratedRegex("string Name =>\\s+\"([^\"]+)\";")]
    private static partial Regex NameLine();

    [GeneratedRegex("string Summary =>\\s+\"([^\"]+)\";")]
    private static partial Regex SummaryLine();
}
