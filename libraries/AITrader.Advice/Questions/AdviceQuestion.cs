namespace AITrader.Advice.Questions;

/// <summary>What a model is asked about.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="EventTime">Event time of the signal. No passage may be newer.</param>
/// <param name="Pattern">Name of the signal's pattern.</param>
/// <param name="Score">Score of the signal in [-1, 1].</param>
/// <param name="Factors">Factors of the decision so far, by name, each in [-1, 1].</param>
/// <param name="Position">Quantity held; negative when short.</param>
/// <param name="Passages">What was retrieved, best first. The answer cites them by their place, from 1.</param>
public sealed record AdviceQuestion(
    string Symbol,
    DateTimeOffset EventTime,
    string Pattern,
    double Score,
    IReadOnlyDictionary<string, double> Factors,
    decimal Position,
    IReadOnlyList<QuotedPassage> Passages
);

/// <summary>Text from outside. It is data, whatever it says.</summary>
/// <param name="DocumentId">Its document.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="Text">The passage.</param>
/// <param name="PublishedAt">When it was published.</param>
public sealed record QuotedPassage(Guid DocumentId, string Source, string Title, string Text, DateTimeOffset PublishedAt);
