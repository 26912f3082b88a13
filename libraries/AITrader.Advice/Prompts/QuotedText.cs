using System.Globalization;
using System.Text;

namespace AITrader.Advice.Prompts;

/// <summary>Writes text from outside so that it stays inside of its place: it cannot close the section that it stands in, begin another
/// one, or hide words from a person who reads it.</summary>
internal static class QuotedText
{
    private const string Cut = " [cut]";

    /// <summary>Escapes a text and shortens it to a number of characters, which is then said.</summary>
    public static string Of(string text, int max)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, max) + Cut.Length);
        var taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken + rune.Utf16SequenceLength > max)
            {
                return quoted.Append(Cut).ToString();
            }

            taken += rune.Utf16SequenceLength;
            Append(quoted, rune);
        }

        return quoted.ToString();
    }

    // Brackets that compatibility decomposition turns into < and > count as those: a tokenizer may do the same.
    private static void Append(StringBuilder quoted, Rune rune) =>
        _ = rune.Value switch
        {
            '&' => quoted.Append("&amp;"),
            '<' or 0xFF1C or 0xFE64 => quoted.Append("&lt;"),
            '>' or 0xFF1E or 0xFE65 => quoted.Append("&gt;"),
            '"' => quoted.Append("&quot;"),
            _ when IsHidden(rune) => quoted.Append(' '),
            _ => quoted.Append(rune.ToString()),
        };

    // Ends of lines too, so that a passage is one line; invisible and direction marks can hold a text that no person sees.
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
}
