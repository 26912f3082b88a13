namespace AITrader.SentimentEngine.Clustering;

/// <summary>Puts texts that tell nearly the same into one story, as they come. For one thread at a time.</summary>
/// <remarks>A text joins the story of the nearest earlier text that is at least <see cref="Threshold"/> like it; so the same texts in the
/// same order always give the same stories.</remarks>
internal sealed class Stories
{
    /// <summary>Jaccard similarity from which two texts tell the same story.</summary>
    public const double Threshold = 0.4;

    private readonly Dictionary<(int Band, ulong Key), List<Member>> _bands = [];
    private int _stories;

    /// <summary>The story of a text, and how near the nearest text of it was (0 for a new one).</summary>
    public StoryPlace Add(TextSignature text)
    {
        var (nearest, likeness) = Nearest(text);
        var member = new Member(nearest?.Story ?? _stories++, text);
        for (var band = 0; band < text.BandKeys.Length; band++)
        {
            if (!_bands.TryGetValue((band, text.BandKeys[band]), out var list))
            {
                _bands[(band, text.BandKeys[band])] = list = [];
            }

            list.Add(member);
        }

        return new StoryPlace(member.Story, likeness);
    }

    private (Member? Nearest, double Likeness) Nearest(TextSignature text)
    {
        Member? nearest = null;
        var best = 0d;
        var seen = new HashSet<Member>(ReferenceEqualityComparer.Instance);
        for (var band = 0; band < text.BandKeys.Length; band++)
        {
            foreach (var candidate in _bands.GetValueOrDefault((band, text.BandKeys[band])) ?? [])
            {
                var likeness = seen.Add(candidate) ? TextShingles.Jaccard(text.Shingles, candidate.Text.Shingles) : 0;
                if (likeness >= Threshold && likeness > best)
                {
                    (nearest, best) = (candidate, likeness);
                }
            }
        }

        return (nearest, best);
    }

    private sealed record Member(int Story, TextSignature Text);
}

/// <summary>Where a text belongs.</summary>
/// <param name="Story">Number of the story.</param>
/// <param name="Likeness">Jaccard similarity to the nearest earlier text of it; 0 where it begins the story.</param>
internal readonly record struct StoryPlace(int Story, double Likeness);
