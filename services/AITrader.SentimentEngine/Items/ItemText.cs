using System.Globalization;
using System.Text;

namespace AITrader.SentimentEngine.Items;

/// <summary>Makes text of outside storable: no control characters, no halves of surrogate pairs, single spaces, bounded.</summary>
internal static class ItemText
{
    public const int MaxTitle = 400;
    public const int MaxBody = 8_000;

    /// <summary>The text in one line, at most <paramref name="max"/> UTF-16 units long.</summary>
    public static string Clean(string? text, int max)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var clean = new StringBuilder(Math.Min(text.Length, max));
        var isGap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                isGap = clean.Length > 0;
                continue;
            }

            if (IsDropped(rune))
            {
                continue;
            }

            if (clean.Length + rune.Utf16SequenceLength + (isGap ? 1 : 0) > max)
            {
                break;
            }

            clean.Append(isGap ? " " : string.Empty).Append(rune);
            isGap = false;
        }

        return clean.ToString();
    }

    // Controls, marks that turn the direction of writing or have no width, and what is not assigned.
    private static bool IsDropped(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
        || rune == Rune.ReplacementChar;
}
