using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Reads any file of market data to its end, so that a user learns what it holds or what is wrong with it.</summary>
public static class FileCheck
{
    /// <summary>Checks a file; of a LOBSTER pair also that the messages explain the book, of ITCH that no event contradicts the book of the
    /// orders before it.</summary>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    public static FileSummary Run(string path) => Run(path, FileFormats.All);

    /// <summary>Whether a file holds bars, by its path or its content; otherwise it holds ticks, or is of no known format.</summary>
    /// <exception cref="MarketDataException">It is missing or cannot be read.</exception>
    public static bool HoldsBars(string path) => HoldsBars(path, FileFormats.All.Find(path), FileFormats.All);

    internal static FileSummary Run(string path, IReadOnlyList<FileFormat> formats)
    {
        var format = formats.Find(path);
        if (format?.Check(path) is { } summary)
        {
            return summary;
        }

        if (HoldsBars(path, format, formats))
        {
            using var bars = BarFile.Open(path, symbols: null, formats);
            return FileSummary.Of(bars);
        }

        using var ticks = TickFile.Open(path, symbols: null, formats);
        return FileSummary.Of(ticks);
    }

    private static bool HoldsBars(string path, FileFormat? format, IReadOnlyList<FileFormat> formats) =>
        format?.HoldsBars(path) ?? formats.Any(known => known.HoldsBars(path));
}
