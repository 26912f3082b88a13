using AITrader.Domain.Instruments;
using AITrader.Formats.Csv;
using AITrader.Formats.Lean;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>Opens a file of time bars.</summary>
public static class BarFile
{
    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read; of LEAN's zips the path says symbol, market, resolution and day.</param>
    /// <param name="symbols">Table that the bars' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of no known format.</exception>
#pragma warning disable CA2000 // The reader owns the stream.
    public static BarReader Open(string path, SymbolTable? symbols = null) =>
        Open(MarketDataFile.Open(path), path, symbols, CsvMapping.Find(path));
#pragma warning restore CA2000

    /// <summary>Reads from a stream that can seek, which the reader then owns.</summary>
    /// <param name="stream">Content.</param>
    /// <param name="name">Name for messages; of a LEAN zip its path.</param>
    /// <param name="symbols">Table that the bars' symbol indices refer to; a new one where null.</param>
    /// <param name="mapping">What the columns of a CSV mean.</param>
    /// <exception cref="MarketDataException">The content is of no known format.</exception>
    public static BarReader Open(Stream stream, string name, SymbolTable? symbols = null, CsvMapping? mapping = null)
    {
#pragma warning disable CA2000 // The reader that is returned owns the lines, and those the stream; on failure the catch disposes them.
        var content = MarketDataFile.Unpack(stream, name);
        var lines = new LineReader(content, name);
#pragma warning restore CA2000
        try
        {
            if (mapping is not null)
            {
                return mapping.IsBars
                    ? new MappedBarReader(lines, name, symbols ?? new SymbolTable(), mapping)
                    : throw new MarketDataException(name, 0, "mapping", "holds ticks by its mapping, not bars");
            }

            return LeanFile.FindIn(content, name) switch
            {
                null => throw new MarketDataException(
                    name,
                    1,
                    "format",
                    $"is no file of bars that is known: neither a LEAN zip nor a CSV with a {CsvMapping.Suffix} beside it{LeanFile.Hint(content)}"
                ),
                { Resolution: LeanResolution.Tick } => throw new MarketDataException(name, 0, "path", "holds ticks, not bars"),
                var lean => new LeanBarReader(lines, name, symbols ?? new SymbolTable(), lean),
            };
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }
}
