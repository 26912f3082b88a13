using System.Text;
using AITrader.Domain.Instruments;

namespace AITrader.Storage.Documents;

/// <summary>What a document must be to be stored and found.</summary>
internal static class DocumentRules
{
    public const int MaxTitle = 500;

    // PostgreSQL refuses a search vector beyond a mebibyte: with this bound even a text of nothing but different words stays below.
    public const int MaxBody = 100_000;

    private const int MaxSource = 64;
    private const int MaxUrl = 2_000;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>Why it cannot be stored; null where it can.</summary>
    public static string? Fault(NewDocument document, DateTimeOffset now) =>
        FaultOfSource(document.Source)
        ?? FaultOfText("title", document.Title, MaxTitle)
        ?? FaultOfText("body", document.Body, MaxBody)
        ?? FaultOfReference(document)
        ?? FaultOfTime(document.PublishedAt, now);

    private static string? FaultOfSource(string source) =>
        source.Length > MaxSource || !source.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '-' or '.' or '_')
            ? $"The source has up to {MaxSource} letters, digits and : - . _ of ASCII."
        : DocumentSources.All.Contains(source.Split(':')[0], StringComparer.Ordinal) ? null
        : $"The source begins with one of {string.Join(", ", DocumentSources.All)}.";

    private static string? FaultOfText(string name, string text, int max) =>
        string.IsNullOrWhiteSpace(text) ? $"The {name} is empty."
        : text.Length > max ? $"The {name} has {text.Length} characters; {max} is the limit."
        : text.Contains('\0', StringComparison.Ordinal) ? $"The {name} has a NUL character, which PostgreSQL cannot store."
        : IsUnicode(text) ? null
        : $"The {name} has half of a surrogate pair: it was cut or decoded wrongly.";

    private static string? FaultOfReference(NewDocument document) =>
        document.Symbol is { } symbol && (symbol.Length is 0 or > SymbolTable.MaxLength || !SymbolTable.IsSymbol(symbol))
            ? "The symbol is no symbol; leave it out where the document is about the market."
        : document.Url is not { } url ? null
        : url.Length <= MaxUrl
        && IsUnicode(url)
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? null
        : $"The address is an absolute one of http or https of up to {MaxUrl} characters.";

    private static string? FaultOfTime(DateTimeOffset published, DateTimeOffset now) =>
        published > now + ClockDifference ? "The document is published in the future: its time or zone is wrong."
        : published < DateTimeOffset.UnixEpoch ? "The document has no time of publication: without one, a replay could see the future."
        : null;

    private static bool IsUnicode(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
