using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Sources;

/// <summary>An item as a reader found it.</summary>
internal sealed record RawItem
{
    public string? Id { get; init; }

    /// <summary>Headline, which may have markup.</summary>
    public string? Title { get; init; }

    /// <summary>Text, which may have markup.</summary>
    public string? Body { get; init; }

    public string? Url { get; init; }

    public AuthorFacts Author { get; init; } = AuthorFacts.Unknown;

    /// <summary>When it was published; null where that is not said or cannot be read.</summary>
    public DateTimeOffset? Published { get; init; }

    public IReadOnlyList<string> Symbols { get; init; } = [];
}

/// <summary>What was found in an answer.</summary>
/// <param name="Items">Items, in the answer's order.</param>
/// <param name="Faults">What could not be read of it.</param>
internal sealed record ReadResult(IReadOnlyList<RawItem> Items, IReadOnlyList<string> Faults)
{
    public static ReadResult Broken(string fault) => new([], [fault]);
}

/// <summary>Reads the items of an answer. What it cannot read costs nothing else.</summary>
internal interface IItemReader
{
    /// <summary>The items.</summary>
    /// <param name="content">The answer.</param>
    /// <param name="charset">What the server says of its encoding; null for nothing.</param>
    ReadResult Read(byte[] content, string? charset);
}
