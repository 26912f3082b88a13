using System.Globalization;
using System.Text.RegularExpressions;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>The language of those who sell what they hold.</summary>
internal static partial class PromotionalLanguage
{
    private const int ManyMarks = 3;
    private const int ManyCashtags = 6;

    /// <summary>What of it is in a text, in words.</summary>
    public static List<string> SignsIn(string text)
    {
        var signs = Phrases().Matches(text).Select(static match => match.Value.ToLower(CultureInfo.InvariantCulture)).Distinct().ToList();
        if (text.Count(static letter => letter == '!') >= ManyMarks)
        {
            signs.Add("exclamation marks");
        }

        if (Rockets().Count(text) > 0)
        {
            signs.Add("rockets");
        }

        if (Cashtags().Count(text) >= ManyCashtags)
        {
            signs.Add("a list of cashtags");
        }

        return signs;
    }

    [GeneratedRegex(
        @"\b(to the moon|guaranteed|can'?t (lose|miss)|buy now|get in (now|early)|before it'?s too late|next (gme|tesla|amc|multibagger)|sure ?shot|100x|10x|1000%|"
            + @"multibagger|jackpot|insider (tip|news|info)|operator|load up|short squeeze|diamond hands|join (our|my) (group|channel|telegram|whatsapp)|free tips|target \d+x)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Phrases();

    [GeneratedRegex("🚀|💎|🤑|🌕")]
    private static partial Regex Rockets();

    [GeneratedRegex(@"\$[A-Za-z]{2,10}\b")]
    private static partial Regex Cashtags();
}
