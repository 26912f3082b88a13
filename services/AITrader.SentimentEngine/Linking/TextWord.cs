namespace AITrader.SentimentEngine.Linking;

/// <summary>A word of a text.</summary>
/// <param name="Text">The word, without a possessive <c>'s</c>.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends, the possessive left out.</param>
internal readonly record struct TextWord(string Text, int Start, int End)
{
    /// <summary>The words of a text: letters, digits and, between them, <c>&amp; - .</c></summary>
    public static List<TextWord> Split(string text)
    {
        var words = new List<TextWord>();
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                continue;
            }

            var start = at;
            while (at < text.Length && IsInside(text, at))
            {
                at++;
            }

            words.Add(new TextWord(text[start..at], start, at));

            // "Infosys's": the s is no word.
            if (at + 1 < text.Length && text[at] is '\'' or '’' && text[at + 1] is 's' or 'S' && !IsLetter(text, at + 2))
            {
                at++;
            }
        }

        return words;
    }

    private static bool IsInside(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || (text[at] is '&' or '-' or '.' && IsLetter(text, at + 1) && IsLetter(text, at - 1));

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);
}
