using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>Whether others bore an opinion out.</summary>
internal static class Verdict
{
    private const int LeastOthers = 2;
    private const double Side = 0.15;

    /// <summary>True where other publishers said the same of the symbol around that time, false where they said the opposite, null where
    /// they were too few or took no side.</summary>
    /// <param name="opinion">The opinion to be judged.</param>
    /// <param name="others">Opinions on the same symbol.</param>
    /// <param name="around">How far from it they may be published, either way.</param>
    public static bool? On(Opinion opinion, IEnumerable<Opinion> others, TimeSpan around)
    {
        if (!opinion.TakesSide)
        {
            return null;
        }

        // One voice a publisher, and none for posts: a crowd of accounts would contradict whoever reports the truth.
        var voices = others
            .Where(other =>
                other.Item.Kind != SourceKind.Social
                && other.Item.Publisher != opinion.Item.Publisher
                && (other.Item.PublishedAt - opinion.Item.PublishedAt).Duration() <= around
            )
            .GroupBy(static other => other.Item.Publisher, StringComparer.Ordinal)
            .Select(static voice => voice.Average(static other => other.Score))
            .ToList();
        var mean = voices.Count >= LeastOthers ? voices.Average() : 0;
        return Math.Abs(mean) < Side ? null : Math.Sign(mean) == Math.Sign(opinion.Score);
    }
}
