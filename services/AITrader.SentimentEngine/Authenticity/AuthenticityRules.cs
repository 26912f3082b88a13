using System.Globalization;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>The reasons for and against an opinion, among the others on its symbol that were known at the time. Pure.</summary>
internal static class AuthenticityRules
{
    private const double CopyLikeness = 0.9;
    private const int FewFollowers = 10;
    private const int Flood = 4;
    private const double MaxPromotion = 1.2;

    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(6);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan NewAccount = TimeSpan.FromDays(30);
    private static readonly TimeSpan FloodWithin = TimeSpan.FromHours(1);

    /// <summary>The score of an opinion.</summary>
    /// <param name="opinion">The opinion.</param>
    /// <param name="known">All opinions on its symbol that count, itself among them.</param>
    /// <param name="waves">Pump waves among them.</param>
    /// <param name="history">How reliable sources have been.</param>
    public static AuthenticityScore Score(PlacedOpinion opinion, IReadOnlyList<PlacedOpinion> known, PumpWaves waves, SourceHistory history)
    {
        List<AuthenticityReason?> reasons =
        [
            history.Of(opinion.Item.Source, opinion.Item.Kind),
            Corroboration(opinion, known),
            Copy(opinion),
            Age(opinion.Item),
        ];
        if (opinion.Item.Kind == SourceKind.Social)
        {
            reasons.AddRange(Account(opinion.Item));
            reasons.Add(Flooding(opinion, known));
            reasons.Add(Promotion(opinion.Item));
            reasons.Add(waves.ReasonFor(opinion.Opinion));
        }

        return AuthenticityScore.Of([.. reasons.OfType<AuthenticityReason>()]);
    }

    // Whoever posts is no witness: only offices, companies and authorities corroborate.
    private static AuthenticityReason? Corroboration(PlacedOpinion opinion, IReadOnlyList<PlacedOpinion> known)
    {
        var others = known
            .Where(other =>
                other.Story == opinion.Story
                && other.Item.Kind != SourceKind.Social
                && other.Item.Publisher != opinion.Item.Publisher
                && other.Likeness < CopyLikeness
            )
            .Select(static other => other.Item.Publisher)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return others.Count > 0
                ? new(ReasonNames.Corroboration, 0.9 * Math.Log(1 + others.Count), $"also told by {string.Join(", ", others)}")
            : opinion.Item.Kind == SourceKind.Social ? new(ReasonNames.Uncorroborated, -0.4, "told by no publication that answers for it")
            : null;
    }

    private static AuthenticityReason? Copy(PlacedOpinion opinion)
    {
        if (opinion.Likeness < CopyLikeness)
        {
            return null;
        }

        return opinion.Item.Kind == SourceKind.Social
            ? new(ReasonNames.Copy, -0.9, "word for word what was posted before")
            : new(ReasonNames.Copy, -0.3, "word for word what was published before");
    }

    private static AuthenticityReason? Age(SourceItem item)
    {
        if (!item.HasOwnDate)
        {
            return new(ReasonNames.Undated, -0.3, "the source gives no time of publication that can be right");
        }

        var late = item.ReceivedAt - item.PublishedAt;
        var text = string.Create(CultureInfo.InvariantCulture, $"arrived {late.TotalHours:0.#} h after its publication");
        return late >= StaleAfter ? new(ReasonNames.Late, -0.8, text)
            : late >= LateAfter ? new(ReasonNames.Late, -0.4, text)
            : null;
    }

    private static IEnumerable<AuthenticityReason?> Account(SourceItem item)
    {
        var author = item.Author;
        if (author.Since is { } since && item.PublishedAt - since < NewAccount)
        {
            var days = Math.Max(0, (item.PublishedAt - since).TotalDays);
            yield return new(
                ReasonNames.NewAccount,
                -0.8,
                string.Create(CultureInfo.InvariantCulture, $"the account was {days:0.#} days old")
            );
        }

        if (author.Followers is { } followers and < FewFollowers)
        {
            yield return new(ReasonNames.FewFollowers, -0.3, string.Create(CultureInfo.InvariantCulture, $"{followers} followers"));
        }

        if (author.IsVerified == true)
        {
            yield return new(ReasonNames.Verified, 0.2, "the platform vouches for the account");
        }
    }

    private static AuthenticityReason? Flooding(PlacedOpinion opinion, IReadOnlyList<PlacedOpinion> known)
    {
        if (opinion.Item.Author.Name.Length == 0)
        {
            return null;
        }

        var posts = known.Count(other =>
            other.Item.Source == opinion.Item.Source
            && other.Item.Author.Name == opinion.Item.Author.Name
            && (other.Item.PublishedAt - opinion.Item.PublishedAt).Duration() <= FloodWithin
        );
        return posts < Flood
            ? null
            : new(
                ReasonNames.Flooding,
                -0.9,
                string.Create(CultureInfo.InvariantCulture, $"{posts} posts of one account on the symbol within an hour")
            );
    }

    private static AuthenticityReason? Promotion(SourceItem item)
    {
        var signs = PromotionalLanguage.SignsIn(item.Text);
        return signs.Count == 0
            ? null
            : new(ReasonNames.Promotion, -Math.Min(MaxPromotion, 0.4 * signs.Count), $"promotes: {string.Join(", ", signs)}");
    }
}
