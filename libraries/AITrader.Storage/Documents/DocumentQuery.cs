using AITrader.Storage.Rows;

namespace AITrader.Storage.Documents;

/// <summary>What is looked for.</summary>
/// <param name="Words">Words as in a web search: all of them, "a phrase", a or b, -without. Anything else is taken as words.</param>
/// <param name="Symbol">Instrument that matters; documents about it rank first. Null: none does.</param>
/// <param name="AsOf">Event time. Nothing that was published later is found.</param>
/// <param name="Limit">Most passages, 1 to <see cref="MaxLimit"/>.</param>
public sealed record DocumentQuery(string Words, string? Symbol, DateTimeOffset AsOf, int Limit)
{
    /// <summary>Most passages that can be had.</summary>
    public const int MaxLimit = 50;
}

/// <summary>How passages are ranked.</summary>
public sealed record DocumentWeights
{
    /// <summary>Age at which a document counts half.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Factor of a document about the instrument. One about the market has 1.</summary>
    public double SameSymbol { get; init; } = 2;

    /// <summary>Factor of a document about another instrument.</summary>
    public double OtherSymbol { get; init; } = 0.25;
}

/// <summary>The part of a document that answers a query.</summary>
/// <param name="DocumentId">Its document, <see cref="DocumentRow"/>.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Symbol">Instrument that it is about.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="Text">Fragments around the words.</param>
/// <param name="Url">Address of the document.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Rank">Match of words × recency × match of symbol; comparable within one answer only.</param>
public sealed record Passage(
    Guid DocumentId,
    string Source,
    string? Symbol,
    string Title,
    string Text,
    string? Url,
    DateTimeOffset PublishedAt,
    double Rank
);
