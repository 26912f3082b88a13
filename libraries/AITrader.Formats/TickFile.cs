using AITrader.Domain.Instruments;
using AITrader.Formats.Binance;
using AITrader.Formats.Csv;
using AITrader.Formats.Lean;
using AITrader.Formats.Lobster;
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
    public static TickReader Open(string path, SymbolTable? symbols = null)
    {
        var mapping = CsvMapping.Find(path);
#pragma warning disable CA2000 // The reader that is returned owns the events, and those the stream.
        return mapping is null && OrderEventFile.IsNamed(path)
            ? new OrderTickReader(OrderEventFile.Open(path, null, symbols))
            : Open(MarketDataFile.Open(path), path, symbols, mapping);
#pragma warning restore CA2000
    }

    /// <summary>The file beside a file of ticks that is read along with it, where there is one: LOBSTER's orderbook file. (A mapping is
    /// known by its <see cref="CsvMapping.Fingerprint"/>.)</summary>
    public static string? FindBeside(string path) =>
        LobsterName.Find(path) is { } name && File.Exists(name.BookPath) ? name.BookPath : null;

    /// <summary>Reads from a stream that can seek, which the reader then owns.</summary>
    /// <param name="stream">Content.</param>
    /// <param name="name">Name for messages; of a LEAN zip its path.</param>
    /// <param name="symbols">Table that the ticks' symbol indices refer to; a new one where null.</param>
    /// <param name="mapping">What the columns of a CSV mean; without one they have our names.</param>
    /// <exception cref="MarketDataException">The content is of no known format.</exception>
    public static TickReader Open(Stream stream, string name, SymbolTable? symbols = null, CsvMapping? mapping = null)
    {
#pragma warning disable CA2000 // The reader that is returned owns the lines, and those the stream; on failure the catch disposes them.
        var content = MarketDataFile.Unpack(stream, name);
        var lines = new LineReader(content, name);
#pragma warning restore CA2000
        try
        {
            if (mapping is not null)
            {
                return Mapped(lines, name, symbols ?? new SymbolTable(), mapping);
            }

            return LeanFile.FindIn(content, name) is { } lean
                ? Lean(lines, name, symbols ?? new SymbolTable(), lean)
                : Detect(lines, name, symbols ?? new SymbolTable(), content);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    private static MappedTickReader Mapped(LineReader lines, string name, SymbolTable symbols, CsvMapping mapping) =>
        !mapping.IsBars
            ? new MappedTickReader(lines, name, symbols, mapping)
            : throw new MarketDataException(name, 0, "mapping", "holds bars by its mapping, not ticks");

    private static LeanTickReader Lean(LineReader lines, string name, SymbolTable symbols, LeanFile lean) =>
        lean.Resolution == LeanResolution.Tick
            ? new LeanTickReader(lines, name, symbols, lean)
            : throw new MarketDataException(
                name,
                0,
                "path",
                $"holds {lean.Resolution.ToString().ToLowerInvariant()} bars of {lean.Symbol}, not ticks"
            );

    private static TickReader Detect(LineReader lines, string name, SymbolTable symbols, Stream content)
    {
        if (!lines.TryRead(out var first))
        {
            throw new MarketDataException(name, 1, "file", "is empty");
        }

        if (first.StartsWith("\uFEFF"u8))
        {
            first = first["\uFEFF"u8.Length..];
        }

        if (BinanceCaptureReader.Recognises(first))
        {
            lines.Unread();
            return new BinanceCaptureReader(lines, name, symbols);
        }

        if (CsvTickReader.Recognises(first))
        {
            return new CsvTickReader(lines, name, symbols, CsvHeader.Parse(first, name));
        }

        throw new MarketDataException(
            name,
            1,
            "format",
            $"neither a Binance capture (local_ns {{json}}) nor a CSV with the header {CsvHeader.Expected}, and no {CsvMapping.Suffix} lies beside it{LeanFile.Hint(content)}"
        );
    }
}
