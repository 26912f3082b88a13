using AITrader.Domain.Instruments;
using AITrader.Formats.Csv;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Opens a file of ticks of any known format, gzip, zip or plain. The content decides, not the name; but of LEAN's zips the path
/// says symbol, market and day, and files of orders (ITCH, LOBSTER) are known by their names.</summary>
public static class TickFile
{
    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="symbols">Table that the ticks' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of no known format.</exception>
    public static TickReader Open(string path, SymbolTable? symbols = null) => Open(path, symbols, FileFormats.All);

    /// <summary>Reads from a stream that can seek, which the reader then owns.</summary>
    /// <param name="stream">Content.</param>
    /// <param name="name">Name for messages; of a LEAN zip its path.</param>
    /// <param name="symbols">Table that the ticks' symbol indices refer to; a new one where null.</param>
    /// <param name="mapping">What the columns of a CSV mean; without one they have our names.</param>
    /// <exception cref="MarketDataException">The content is of no known format.</exception>
    public static TickReader Open(Stream stream, string name, SymbolTable? symbols = null, CsvMapping? mapping = null) =>
        Open(stream, name, symbols, mapping is null ? null : new MappedCsvFile(mapping), FileFormats.All);

    /// <summary>The file beside a file of ticks that is read along with it, where there is one: LOBSTER's orderbook file. (A mapping is
    /// known by its <see cref="CsvMapping.Fingerprint"/>.)</summary>
    public static string? FindBeside(string path) =>
        FileFormats.All.Select(format => format.FindBeside(path)).FirstOrDefault(static beside => beside is not null);

    internal static TickReader Open(string path, SymbolTable? symbols, IReadOnlyList<FileFormat> formats)
    {
        var found = formats.Find(path);
#pragma warning disable CA2000 // The reader owns the stream.
        return found?.OpenFile(path, symbols) ?? Open(MarketDataFile.Open(path), path, symbols, found, formats);
#pragma warning restore CA2000
    }

    internal static TickReader Open(
        Stream stream,
        string name,
        SymbolTable? symbols,
        FileFormat? found,
        IReadOnlyList<FileFormat> formats
    ) =>
        FileContent.Read(stream, name, symbols, content =>
            (found ?? content.FindFormat(formats))?.OpenTicks(content) ?? throw formats.Unknown(content, isOfBars: false)
        );
}
