using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace AITrader.Texts.Tokens;

/// <summary>Normalises a text as uncased BERT models were trained on: <c>BertNormalizer</c> of Hugging Face's tokenizers without the
/// change of case, which the tokenizer makes.</summary>
/// <remarks>
/// Control, format, private and unassigned characters go, all white space becomes a blank, accents go (canonical decomposition without
/// non-spacing marks), characters beyond the basic plane that are words of their own stand apart, and a word longer than any that the
/// reference reads is an unknown one. Lone surrogates go: they are no characters.
/// </remarks>
internal static class BertText
{
    /// <summary>Words with more characters are unknown, whatever they are made of (<c>max_input_chars_per_word</c>).</summary>
    public const int LongestWord = 100;

    private const string Unknown = " [UNK] ";
    private const int Replacement = 0xFFFD;

    private static readonly string[] Special = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"];

    /// <summary>Returns the normalised text.</summary>
    public static string Clean(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            Append(plain, rune);
        }

        return WithoutLongWords(WithoutSpecialWords(plain));
    }

    /// <summary>Words of a normalised text, as the tokenizer splits it; punctuation and ideographs are words each.</summary>
    public static IEnumerable<string> Words(string clean)
    {
        var start = 0;
        for (var i = 0; i <= clean.Length; i++)
        {
            if (i < clean.Length && !EndsWord(clean[i]))
            {
                continue;
            }

            if (i > start)
            {
                yield return clean[start..i].ToLowerInvariant();
            }

            if (i < clean.Length && clean[i] != ' ')
            {
                yield return clean[i].ToString();
            }

            start = i + 1;
        }
    }

    // The library takes UTF-32, so lone surrogates have to go before it.
    private static string Decomposed(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != Replacement)
            {
                whole.Append(rune);
            }
        }

        return ENSNormalize.NF.NFD(whole.ToString());
    }

    private static void Append(StringBuilder plain, Rune rune)
    {
        if (rune.Value is '\t' or '\n' or '\r')
        {
            plain.Append(' ');
            return;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (IsDropped(rune, category))
        {
            return;
        }

        if (category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            plain.Append(' ');
        }
        else if (!rune.IsBmp && (IsIdeograph(rune.Value) || IsPunctuation(category)))
        {
            plain.Append(' ').Append(rune).Append(' ');
        }
        else
        {
            plain.Append(rune);
        }
    }

    private static bool IsDropped(Rune rune, UnicodeCategory category) =>
        rune.Value == Replacement
        || category
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.NonSpacingMark;

    private static bool IsPunctuation(UnicodeCategory category) =>
        category is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    // CJK ideographs beyond the basic plane, as the reference has them; those within it are told apart by the tokenizer.
    private static bool IsIdeograph(int value) =>
        value is (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);

    // What a stranger wrote must not end or pad the sequence; as plain text it is brackets around a word anyway.
    private static string WithoutSpecialWords(StringBuilder plain)
    {
        foreach (var word in Special)
        {
            plain.Replace(word, $"[ {word[1..]}");
        }

        return plain.ToString();
    }

    private static string WithoutLongWords(string text)
    {
        var words = new StringBuilder();
        var (copied, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !EndsWord(text[i]))
            {
                continue;
            }

            if (i - start > LongestWord && RunesOf(text.AsSpan(start, i - start)) > LongestWord)
            {
                words.Append(text, copied, start - copied).Append(Unknown);
                copied = i;
            }

            start = i + 1;
        }

        return copied == 0 ? text : words.Append(text, copied, text.Length - copied).ToString();
    }

    // As the tokenizer splits: at blanks, punctuation, ASCII symbols and ideographs of the basic plane.
    private static bool EndsWord(char letter) =>
        letter == ' '
        || (char.IsAscii(letter) ? !char.IsAsciiLetterOrDigit(letter) : char.IsPunctuation(letter))
        || letter is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\uF900' and <= '\uFAFF');

    private static int RunesOf(ReadOnlySpan<char> word)
    {
        var count = 0;
        foreach (var _ in word.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
