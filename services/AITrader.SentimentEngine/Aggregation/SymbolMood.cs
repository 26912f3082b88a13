using System.Globalization;
using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Clustering;

namespace AITrader.SentimentEngine.Aggregation;

/// <summary>The opinions on one symbol. For one thread at a time.</summary>
internal sealed class SymbolMood(string symbol, MoodSettings settings)
{
    // Volume at which half of the confidence is there.
    private const double HalfVolume = 1;

    private readonly List<Signed> _opinions = [];

    /// <summary>Adds an opinion; they come in the order in which they became known.</summary>
    public void Add(Opinion opinion)
    {
        var at = opinion.Item.ReceivedAt;
        _opinions.RemoveAll(other => at - other.Opinion.Item.ReceivedAt > settings.Window + settings.JudgedAfter);
        _opinions.Add(new Signed(opinion, TextSignature.Of(opinion.Item.Text)));
    }

    /// <summary>What others bear out of an opinion of this symbol; see <see cref="Verdict"/>.</summary>
    public bool? VerdictOn(Opinion opinion) => Verdict.On(opinion, _opinions.Select(static signed => signed.Opinion), settings.JudgedAfter);

    /// <summary>The mood at a time; null where nothing counts.</summary>
    public MoodReading? Read(DateTimeOffset at, SourceHistory history)
    {
        var known = Counting(at);
        if (known.Count == 0)
        {
            return null;
        }

        var waves = new PumpWaves(known.Select(static placed => placed.Opinion), settings.Window);
        var shares = SharesOf(known);
        var weighed = known.ConvertAll(placed => new Weighed(
            placed.Opinion,
            AuthenticityRules.Score(placed, known, waves, history),
            Math.Pow(0.5, (at - placed.Item.PublishedAt) / settings.HalfLife) * placed.Opinion.Relevance * shares[placed.Story]
        ));
        return Sum(at, weighed, shares.Count);
    }

    private MoodReading? Sum(DateTimeOffset at, List<Weighed> weighed, int stories)
    {
        var volume = weighed.Sum(static one => one.Volume);
        var total = weighed.Sum(static one => one.Weight);
        if (total <= 0)
        {
            return null;
        }

        var score = weighed.Sum(static one => one.Weight * one.Opinion.Score) / total;
        var spread = Math.Sqrt(weighed.Sum(one => one.Weight * Math.Pow(one.Opinion.Score - score, 2)) / total);
        var sure = weighed.Sum(static one => one.Volume * one.Opinion.Confidence) / volume;
        return new MoodReading
        {
            Symbol = symbol,
            At = at,
            Score = Math.Clamp(score, -1, 1),
            Confidence = Math.Clamp(sure * (volume / (volume + HalfVolume)) * (1 - (spread / 2)), 0, 1),
            Authenticity = Math.Clamp(weighed.Sum(static one => one.Volume * one.Authenticity.Value) / volume, 0, 1),
            Volume = volume,
            Stories = stories,
            Reasons = ReasonsOf(weighed, volume),
            Opinions =
            [
                .. weighed
                    .Select(one => new CountedOpinion(one.Opinion, one.Authenticity, one.Weight / total))
                    .OrderByDescending(static one => one.Weight)
                    .ThenBy(static one => one.Item.ContentHash, StringComparer.Ordinal),
            ],
        };
    }

    // Of an item that was changed the last version counts. Stories are of what counts: so they do not depend on what was long ago.
    private List<PlacedOpinion> Counting(DateTimeOffset at)
    {
        var seen = new HashSet<(string, string)>();
        var known = new List<Signed>();
        for (var place = _opinions.Count - 1; place >= 0; place--)
        {
            var item = _opinions[place].Opinion.Item;
            if (item.ReceivedAt <= at && at - item.PublishedAt < settings.Window && seen.Add((item.Source, item.ExternalId)))
            {
                known.Add(_opinions[place]);
            }
        }

        known.Reverse();
        var stories = new Stories();
        return known.ConvertAll(signed =>
        {
            var place = stories.Add(signed.Signature);
            return new PlacedOpinion(signed.Opinion, place.Story, place.Likeness);
        });
    }

    // A story counts once, and a little more with each publisher that tells it; those who tell it share that.
    private static Dictionary<int, double> SharesOf(List<PlacedOpinion> known) =>
        known
            .GroupBy(static placed => placed.Story)
            .ToDictionary(
                static story => story.Key,
                static story =>
                    (1 + Math.Log(story.Select(static placed => placed.Item.Publisher).Distinct(StringComparer.Ordinal).Count()))
                    / story.Count()
            );

    private static List<AuthenticityReason> ReasonsOf(List<Weighed> weighed, double volume) =>
        [
            .. weighed
                .SelectMany(static one => one.Authenticity.Reasons.Select(reason => (Reason: reason, one.Volume)))
                .GroupBy(static pair => pair.Reason.Name, StringComparer.Ordinal)
                .Select(group => new AuthenticityReason(
                    group.Key,
                    group.Sum(static pair => pair.Volume * pair.Reason.Effect) / volume,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{group.Count()} of {weighed.Count}: {group.MaxBy(static pair => pair.Volume).Reason.Text}"
                    )
                ))
                .OrderByDescending(static reason => Math.Abs(reason.Effect))
                .ThenBy(static reason => reason.Name, StringComparer.Ordinal),
        ];

    private sealed record Signed(Opinion Opinion, TextSignature Signature);

    private sealed record Weighed(Opinion Opinion, AuthenticityScore Authenticity, double Volume)
    {
        public double Weight => Volume * Opinion.Confidence * Authenticity.Value;
    }
}
