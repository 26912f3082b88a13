using System.Text;
using AITrader.Formats.Coverage;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Reads any file of market data to its end, so that a user learns what it holds or what is wrong with it.</summary>
public static class FileCheck
{
    /// <summary>Checks a file; of a LOBSTER pair also that the messages explain the book, of ITCH that no event contradicts the book of the
    /// orders before it.</summary>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    public static FileSummary Run(string path) => Run(path, FileFormats.All);

    /// <summary>As <see cref="Run(string)"/>, and takes down of which times the file says something.</summary>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    public static FileSummary Run(string path, FileCoverage coverage)
    {
        var format = FileFormats.All.Find(path);
        var own = format?.Check(path);
        var read = Read(path, format, FileFormats.All, coverage);
        return own ?? read;
    }

    /// <summary>Reads a CSV of bars to its end by a mapping that does not lie beside it yet.</summary>
    /// <param name="path">The CSV, which may be packed.</param>
    /// <param name="mapping">The mapping's JSON.</param>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    public static FileSummary RunBars(string path, string mapping)
    {
        var meaning = CsvMapping.Parse(Encoding.UTF8.GetBytes(mapping), path + CsvMapping.Suffix);
#pragma warning disable CA2000 // The reader owns the stream.
        using var bars = BarFile.Open(MarketDataFile.Open(path), path, symbols: null, meaning);
#pragma warning restore CA2000
        return FileSummary.Of(bars);
    }

    /// <summary>Whether a file holds bars, by its path or its content; otherwise it holds ticks, or is of no known format.</summary>
    /// <exception cref="MarketDataException">It is missing or cannot be read.</exception>
    public static bool HoldsBars(string path) => HoldsBars(path, FileFormats.All.Find(path), FileFormats.All);

    internal static FileSummary Run(string path, IReadOnlyList<FileFormat> formats)
    {
        var format = formats.Find(path);
        return format?.Check(path) ?? Read(path, format, formats, coverage: null);
    }

    private static FileSummary Read(string path, FileFormat? format, IReadOnlyList<FileFormat> formats, FileCoverage? coverage)
    {
        if (HoldsBars(path, format, formats))
        {
            using var bars = BarFile.Open(path, symbols: null, formats);
            return FileSummary.Of(bars, coverage);
        }

        using var ticks = TickFile.Open(path, symbols: null, formats);
        return FileSummary.Of(ticks, coverage);
    }

    private static bool HoldsBars(string path, FileFormat? format, IReadOnlyList<FileFormat> formats) =>
        format?.HoldsBars(path) ?? formats.Any(known => known.HoldsBars(path));
}
