using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Aggregation;

/// <summary>An opinion as it counted in a reading.</summary>
/// <param name="Opinion">The opinion.</param>
/// <param name="Authenticity">Its authenticity at that time.</param>
/// <param name="Weight">Its share of the reading, in [0, 1].</param>
internal sealed record CountedOpinion(Opinion Opinion, AuthenticityScore Authenticity, double Weight)
{
    public SourceItem Item => Opinion.Item;
}

/// <summary>The mood about a symbol at a time.</summary>
internal sealed record MoodReading
{
    /// <summary>Instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Event time: nothing that became known later counts.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Mood in [-1, 1].</summary>
    public required double Score { get; init; }

    /// <summary>Confidence in [0, 1]: of the model, by volume, by agreement.</summary>
    public required double Confidence { get; init; }

    /// <summary>Mean authenticity in [0, 1].</summary>
    public required double Authenticity { get; init; }

    /// <summary>Stories of full weight that it rests on: a new one counts 1, one as old as the half-life 0.5.</summary>
    public required double Volume { get; init; }

    /// <summary>Number of different stories.</summary>
    public required int Stories { get; init; }

    /// <summary>Mean effects of the reasons on the log-odds of authenticity, the strongest first.</summary>
    public required IReadOnlyList<AuthenticityReason> Reasons { get; init; }

    /// <summary>The opinions, the heaviest first.</summary>
    public required IReadOnlyList<CountedOpinion> Opinions { get; init; }

    /// <summary>Names of the sources, sorted.</summary>
    public IReadOnlyList<string> Sources => Distinct(static opinion => opinion.Item.Source);

    /// <summary>The models that read, sorted.</summary>
    public IReadOnlyList<string> Models => Distinct(static opinion => opinion.Opinion.Model);

    private List<string> Distinct(Func<CountedOpinion, string> part) =>
        [.. Opinions.Select(part).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
