using AITrader.Domain.Instruments;

namespace AITrader.Formats.Reading;

/// <summary>A format of market data: how a file of it is recognised, opened and checked.</summary>
/// <remarks>A format overrides what applies to it. It is recognised by the path, by the content with its path, or by the first line, in
/// this order.</remarks>
internal abstract class FileFormat
{
    /// <summary>What its files of ticks look like, for the message about a file of no known format; null where that does not
    /// help.</summary>
    internal virtual string? TicksLookLike => null;

    /// <summary>As <see cref="TicksLookLike"/>, of bars.</summary>
    internal virtual string? BarsLookLike => null;

    /// <summary>The format where the path tells it, or a file beside; else null.</summary>
    /// <exception cref="MarketDataException">The file beside cannot be used.</exception>
    internal virtual FileFormat? Find(string path) => null;

    /// <summary>Whether a content is of this format.</summary>
    /// <exception cref="MarketDataException">It is, but not of a kind that can be read.</exception>
    internal virtual bool Recognises(FileContent content) => false;

    /// <summary>Whether a content is of this format, by its first line, without a byte order mark.</summary>
    internal virtual bool RecognisesLine(ReadOnlySpan<byte> first) => false;

    /// <summary>Whether a file of this format holds bars, by its path.</summary>
    internal virtual bool HoldsBars(string path) => false;

    /// <summary>A file beside that is read along with a file of this format, where there is one.</summary>
    internal virtual string? FindBeside(string path) => null;

    /// <summary>What a user may be missing, as the end of the message about a content of no known format.</summary>
    internal virtual string Hint(FileContent content, bool isOfBars) => string.Empty;

    /// <summary>Opens a file that <see cref="Find"/> has found, where this format opens its files itself; else null.</summary>
    internal virtual TickReader? OpenFile(string path, SymbolTable? symbols) => null;

    /// <summary>Reads a content as ticks; the reader owns it. Null where the format has none.</summary>
    internal virtual TickReader? OpenTicks(FileContent content) => null;

    /// <summary>Reads a content as bars; the reader owns it. Null where the format has none.</summary>
    internal virtual BarReader? OpenBars(FileContent content) => null;

    /// <summary>Reads a file to its end and checks what only this format can; null where ticks or bars are simply to be read.</summary>
    internal virtual FileSummary? Check(string path) => null;
}
