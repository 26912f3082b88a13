using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Authenticity;

namespace AITrader.SentimentEngine.Readings;

/// <summary>The mood about a symbol, with what it rests on.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Score">Mood in [-1, 1].</param>
/// <param name="Confidence">Confidence in [0, 1].</param>
/// <param name="Authenticity">Authenticity of the sources in [0, 1].</param>
/// <param name="Volume">Stories of full weight: a new one counts 1, one as old as the half-life 0.5.</param>
/// <param name="Stories">Number of different stories.</param>
/// <param name="Reasons">Mean effects of the reasons on the log-odds of authenticity.</param>
/// <param name="Sources">Sources.</param>
/// <param name="Models">Names and versions of the models that read.</param>
/// <param name="Window">Window that the reading covers.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Items">The items that weigh most.</param>
public sealed record SentimentResponse(
    string Symbol,
    double Score,
    double Confidence,
    double Authenticity,
    double Volume,
    int Stories,
    IReadOnlyList<ReasonResponse> Reasons,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Models,
    TimeSpan Window,
    DateTimeOffset Timestamp,
    IReadOnlyList<ItemResponse> Items
)
{
    private const int MaxItems = 20;

    internal static SentimentResponse Of(MoodReading mood, TimeSpan window) =>
        new(
            mood.Symbol,
            mood.Score,
            mood.Confidence,
            mood.Authenticity,
            mood.Volume,
            mood.Stories,
            [.. mood.Reasons.Select(ReasonResponse.Of)],
            mood.Sources,
            mood.Models,
            window,
            mood.At,
            [.. mood.Opinions.Take(MaxItems).Select(ItemResponse.Of)]
        );
}

/// <summary>A reason for an authenticity.</summary>
/// <param name="Name">Which.</param>
/// <param name="Effect">What it adds to the log-odds.</param>
/// <param name="Text">What was seen.</param>
public sealed record ReasonResponse(string Name, double Effect, string Text)
{
    internal static ReasonResponse Of(AuthenticityReason reason) => new(reason.Name, reason.Effect, reason.Text);
}

/// <summary>An item of a reading.</summary>
/// <param name="Source">Source.</param>
/// <param name="Text">Headline, or the beginning of the text.</param>
/// <param name="Url">Address; null where it has none.</param>
/// <param name="PublishedAt">Event time.</param>
/// <param name="Score">Sentiment in [-1, 1].</param>
/// <param name="Authenticity">Authenticity in [0, 1].</param>
/// <param name="Weight">Its share of the reading.</param>
/// <param name="Model">Name and version of the model that read it.</param>
/// <param name="Reasons">Reasons of its authenticity.</param>
public sealed record ItemResponse(
    string Source,
    string Text,
    string? Url,
    DateTimeOffset PublishedAt,
    double Score,
    double Authenticity,
    double Weight,
    string Model,
    IReadOnlyList<ReasonResponse> Reasons
)
{
    private const int MaxText = 200;

    internal static ItemResponse Of(CountedOpinion counted)
    {
        var text = counted.Item.Title.Length > 0 ? counted.Item.Title : counted.Item.Body;
        return new(
            counted.Item.Source,
            text.Length > MaxText ? text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)] : text,
            counted.Item.Url,
            counted.Item.PublishedAt,
            counted.Opinion.Score,
            counted.Authenticity.Value,
            counted.Weight,
            counted.Opinion.Model,
            [.. counted.Authenticity.Reasons.Select(ReasonResponse.Of)]
        );
    }
}
