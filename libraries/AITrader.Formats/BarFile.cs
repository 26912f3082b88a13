using AITrader.Domain.Instruments;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Opens a file of time bars.</summary>
public static class BarFile
{
    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read; of LEAN's zips the path says symbol, market, resolution and day.</param>
    /// <param name="symbols">Table that the bars' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of no known format.</exception>
    public static BarReader Open(string path, SymbolTable? symbols = null) => Open(path, symbols, FileFormats.All);

    /// <summary>Reads from a stream that can seek, which the reader then owns.</summary>
    /// <param name="stream">Content.</param>
    /// <param name="name">Name for messages; of a LEAN zip its path.</param>
    /// <param name="symbols">Table that the bars' symbol indices refer to; a new one where null.</param>
    /// <param name="mapping">What the columns of a CSV mean.</param>
    /// <exception cref="MarketDataException">The content is of no known format.</exception>
    public static BarReader Open(Stream stream, string name, SymbolTable? symbols = null, CsvMapping? mapping = null) =>
        Open(stream, name, symbols, mapping is null ? null : new MappedCsvFile(mapping), FileFormats.All);

#pragma warning disable CA2000 // The reader owns the stream.
    internal static BarReader Open(string path, SymbolTable? symbols, IReadOnlyList<FileFormat> formats) =>
        Open(MarketDataFile.Open(path), path, symbols, formats.Find(path), formats);
#pragma warning restore CA2000

    private static BarReader Open(Stream stream, string name, SymbolTable? symbols, FileFormat? found, IReadOnlyList<FileFormat> formats) =>
        FileContent.Read(stream, name, symbols, content =>
            (found ?? formats.FirstOrDefault(format => format.Recognises(content)))?.OpenBars(content)
            ?? throw formats.Unknown(content, isOfBars: true)
        );
}
