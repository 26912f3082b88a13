using AITrader.Domain.Instruments;

namespace AITrader.Formats.Reading;

/// <summary>The unpacked content of a file whose format is being found.</summary>
/// <param name="Stream">The bytes; <paramref name="Lines"/> has buffered what it has read of them.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Name">Name for messages; of a file its path.</param>
/// <param name="Symbols">Table that the reader's symbol indices refer to.</param>
internal sealed record FileContent(Stream Stream, LineReader Lines, string Name, SymbolTable Symbols)
{
    /// <summary>Unpacks a stream and makes a reader of it, which then owns the stream; on failure the stream is closed.</summary>
    internal static TReader Read<TReader>(Stream stream, string name, SymbolTable? symbols, Func<FileContent, TReader> open)
    {
#pragma warning disable CA2000 // The reader that is returned owns the lines, and those the stream; on failure the catch disposes them.
        var content = MarketDataFile.Unpack(stream, name);
        var lines = new LineReader(content, name);
#pragma warning restore CA2000
        try
        {
            return open(new FileContent(content, lines, name, symbols ?? new SymbolTable()));
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    /// <summary>The format whose path or first line a content has; null where there is none. No line is consumed.</summary>
    /// <exception cref="MarketDataException">The content is empty, or of a kind that cannot be read.</exception>
    internal FileFormat? FindFormat(IReadOnlyList<FileFormat> formats)
    {
        if (formats.FirstOrDefault(format => format.Recognises(this)) is { } known)
        {
            return known;
        }

        if (!Lines.TryRead(out var first))
        {
            throw new MarketDataException(Name, 1, "file", "is empty");
        }

        FileFormat? found = null;
        first = WithoutMark(first);
        foreach (var format in formats)
        {
            if (format.RecognisesLine(first))
            {
                found = format;
                break;
            }
        }

        Lines.Unread();
        return found;
    }

    /// <summary>A line without a byte order mark.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) =>
        line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line;
}
