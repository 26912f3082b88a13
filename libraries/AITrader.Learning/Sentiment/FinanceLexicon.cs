using System.Text.RegularExpressions;

namespace AITrader.Learning.Sentiment;

/// <summary>A short list of words that say how a company fares: what a trained model has to beat.</summary>
/// <remarks>A word of a list counts one; after a negation it counts for the other side. More good ones than bad ones say positive, and the
/// other way round.</remarks>
public static partial class FinanceLexicon
{
    private static readonly HashSet<string> Good = Set(
        """
        accelerate accelerates acceleration advance advances approval approved approves beat beating beats best boost boosted boosts bull
        bullish buy buyback climb climbed climbs exceed exceeded exceeds expand expands expansion gain gained gainer gainers gains good great
        grew grow growing grows growth high higher highs improve improved improvement improves jump jumped jumps leap outperform
        outperforms overweight positive profit profitable profits raise raised raises rallied rallies rally rebound rebounds record
        recover recovers recovery rise rises rising rose soar soared soars strength strong stronger success surge surged surges surging
        top topped tops up upbeat upgrade upgraded upgrades upside win wins
        """
    );

    private static readonly HashSet<string> Bad = Set(
        """
        bankrupt bankruptcy bear bearish cautious concern concerns crash crashed cut cuts cutting decline declined declines declining
        decrease decreased default delay delayed delays disappoint disappointing disappoints down downgrade downgraded downgrades downside
        drop dropped drops fail failed fails fall fallen falling falls fear fears fell fraud halt halted halts hit hits hurt hurts
        investigation lawsuit layoffs lose loses losing loss losses lost low lower lowered lowers miss missed misses negative plunge
        plunged plunges plummet plummets probe pullback recall recession sell selloff shortfall sink sinks slash slashed slashes slide
        slides slowdown slump slumps suspend suspended suspends tumble tumbled tumbles underperform underweight warn warned warning warns
        weak weaker weakness worse worst worries
        """
    );

    private static readonly HashSet<string> Negations = Set("no not never without isn't won't doesn't didn't don't can't cannot");

    /// <summary>All words of its two lists.</summary>
    public static IEnumerable<string> Words => [.. Good.Concat(Bad).Order(StringComparer.Ordinal)];

    /// <summary>What a word says by itself, in lower case: 1, -1, or 0 where it is in no list.</summary>
    public static int ValueOf(string word) =>
        Good.Contains(word) ? 1
        : Bad.Contains(word) ? -1
        : 0;

    /// <summary>Judges a text.</summary>
    public static SentimentLabel Judge(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (balance, isNegated) = (0, false);
        foreach (var match in Word().EnumerateMatches(text))
        {
            var word = text.Substring(match.Index, match.Length).ToLowerInvariant();
            var value = ValueOf(word);
            balance += isNegated ? -value : value;
            isNegated = Negations.Contains(word);
        }

        return balance switch
        {
            > 0 => SentimentLabel.Positive,
            < 0 => SentimentLabel.Negative,
            _ => SentimentLabel.Neutral,
        };
    }

    private static HashSet<string> Set(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"[\p{L}']+")]
    private static partial Regex Word();
}
