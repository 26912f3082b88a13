using AITrader.Formats;
using AITrader.Formats.Csv;

namespace AITrader.Venues.Downloads;

/// <summary>Puts a file with its mapping into a folder of market data, whole or not at all.</summary>
internal static class DataFileWriter
{
    /// <summary>Where a file is written until it is whole.</summary>
    public static string PartOf(string path) => path + MarketDataFolder.PartSuffix;

    /// <summary>Checks what was written, and moves it to its place; the mapping lies there before it.</summary>
    /// <returns>Bars that it holds.</returns>
    /// <exception cref="Formats.Reading.MarketDataException">It cannot be used.</exception>
    public static async Task<long> FinishAsync(string path, string mapping, CancellationToken ct)
    {
        var part = PartOf(path);
        var held = FileCheck.RunBars(part, mapping);
        await File.WriteAllTextAsync(path + CsvMapping.Suffix, mapping, ct);
        File.Move(part, path, overwrite: true);
        return held.Count;
    }
}
