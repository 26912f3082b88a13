using AITrader.Formats.Compression;

namespace AITrader.Formats.Reading;

/// <summary>Opens files and unpacks gzip and zip; the content decides, not the name.</summary>
internal static class MarketDataFile
{
    private const int BufferBytes = 64 * 1024; // not one of the runtime's large objects, which only a full collection frees

    internal static FileStream Open(string path)
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

    /// <summary>The unpacked content; takes the stream over.</summary>
    internal static Stream Unpack(Stream stream, string name)
    {
        var buffered = new BufferedStream(stream, BufferBytes);
        try
        {
            Span<byte> magic = stackalloc byte[4];
            var read = buffered.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            buffered.Seek(-read, SeekOrigin.Current);
            if (Foreign(magic[..read]) is { } foreign)
            {
                throw new MarketDataException(name, 1, "format", foreign);
            }

            return magic[..read] switch
            {
                [0x1F, 0x8B, ..] => new CheckedGzipStream(buffered),
                [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6] => CheckedZipStream.Open(buffered),
                _ => buffered,
            };
        }
        catch (MarketDataException)
        {
            buffered.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            buffered.Dispose();
            throw new MarketDataException(
                name,
                1,
                failure is InvalidDataException ? "zip" : "file",
                $"cannot be read: {LineReader.OneLine(failure.Message)}",
                failure
            );
        }
    }

    /// <summary>What is usual around market data but not read here, by its first bytes.</summary>
    private static string? Foreign(ReadOnlySpan<byte> start) =>
        start switch
        {
            [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9'] => "is packed by bzip2; unpack it, or pack it by gzip or zip",
            [0xFD, (byte)'7', (byte)'z', (byte)'X'] => "is packed by xz; unpack it, or pack it by gzip or zip",
            [0x28, 0xB5, 0x2F, 0xFD] => "is packed by zstd; unpack it, or pack it by gzip or zip",
            [(byte)'7', (byte)'z', 0xBC, 0xAF] => "is packed by 7-Zip; unpack it, or pack it by gzip or zip",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "is UTF-16; save it as UTF-8",
            _ => null,
        };

    /// <summary>A content that fails while it is read.</summary>
    internal static MarketDataException Unreadable(string file, long line, Stream source, Exception failure)
    {
        var part =
            failure is not InvalidDataException ? "file"
            : source is CheckedZipStream ? "zip"
            : "gzip";
        return new MarketDataException(file, line, part, $"cannot be read: {LineReader.OneLine(failure.Message)}", failure);
    }
}
