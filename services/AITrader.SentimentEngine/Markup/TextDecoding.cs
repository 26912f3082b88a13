using System.Text;
using System.Text.RegularExpressions;

namespace AITrader.SentimentEngine.Markup;

/// <summary>Finds the encoding of a text: its byte order mark, what the server says, what it says itself, UTF-8; and where it is not what
/// they say, Windows-1252, which every byte is.</summary>
internal static partial class TextDecoding
{
    private const int Head = 256;
    private const int Western = 1252;

    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="charset">What the server said; null for nothing.</param>
    public static string Decode(byte[] content, string? charset)
    {
        if (Marked(content) is { } marked)
        {
            return marked.GetString(content, marked.Preamble.Length, content.Length - marked.Preamble.Length);
        }

        var declared = Declaration().Match(Encoding.Latin1.GetString(content, 0, Math.Min(Head, content.Length)));
        foreach (var name in (string?[])[charset, declared.Success ? declared.Groups[1].Value : null, "utf-8"])
        {
            if (name is not null && TryDecode(content, name, out var text))
            {
                return text;
            }
        }

        return Encoding.GetEncoding(Western).GetString(content);
    }

    private static Encoding? Marked(byte[] content) =>
        Array.Find([Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode], encoding =>
            content.AsSpan().StartsWith(encoding.Preamble)
        );

    // UTF-16 without a mark that declares itself in single bytes is none.
    private static bool TryDecode(byte[] content, string name, out string text)
    {
        text = string.Empty;
        try
        {
            var encoding = Encoding.GetEncoding(name.Trim(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            if (!encoding.IsSingleByte && encoding.CodePage is 1200 or 1201 or 12000 or 12001)
            {
                return false;
            }

            text = encoding.GetString(content);
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex("<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']")]
    private static partial Regex Declaration();
}
