using System.Text.RegularExpressions;
using AITrader.Cli.Repository;

namespace AITrader.Cli.Commands.Development;

/// <summary>The benchmarks there are, read from their sources: nobody should wait for a build to learn their names.</summary>
internal sealed partial class BenchmarkNames(Installation installation)
{
    /// <summary>Names with what each measures.</summary>
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
