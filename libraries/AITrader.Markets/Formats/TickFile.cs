namespace AITrader.Markets.Formats;

/// <summary>Opens a market-data file of any known format, gzip or plain; the content decides, not the name.</summary>
public static class TickFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Opens a file for streaming.</summary>
    /// <param name="path">File to read.</param>
    /// <param name="symbols">Table that the ticks' symbol indices refer to; a new one where null.</param>
    /// <exception cref="MarketDataException">The file is missing, unreadable or of no known format.</exception>
    public static TickReader Open(string path, SymbolTable? symbols = null) => Open(OpenFile(path), path, symbols);

    /// <summary>Reads from a stream, which the reader then owns; <paramref name="name"/> is used in messages.</summary>
    /// <exception cref="MarketDataException">The content is of no known format.</exception>
    public static TickReader Open(Stream stream, string name, SymbolTable? symbols = null)
    {
#pragma warning disable CA2000 // The reader that is returned owns the lines, and those the stream; on failure the catch disposes them.
        var lines = new LineReader(Decompress(stream), name);
#pragma warning restore CA2000
        try
        {
            return Detect(lines, name, symbols ?? new SymbolTable());
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    internal static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new MarketDataException(path, 0, "file", "is a folder");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var problem = failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be opened";
            throw new MarketDataException(path, 0, "file", problem, failure);
        }
    }

    internal static Stream Decompress(Stream stream)
    {
        var buffered = new BufferedStream(stream, BufferBytes);
        Span<byte> magic = stackalloc byte[2];
        var read = buffered.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        buffered.Seek(-read, SeekOrigin.Current);
        return read == magic.Length && magic is [0x1F, 0x8B] ? new CheckedGzipStream(buffered) : buffered;
    }

    private static TickReader Detect(LineReader lines, string name, SymbolTable symbols)
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

        throw new MarketDataException(name, 1, "format", $"neither a Binance capture (local_ns {{json}}) nor a CSV with the header {CsvHeader.Expected}");
    }
}
