namespace AITrader.SentimentEngine.Items;

/// <summary>What sort of publication an item comes from. The name of a source begins with it: <c>news:reuters</c>.</summary>
internal enum SourceKind
{
    /// <summary>Articles of an editorial office.</summary>
    News,

    /// <summary>What companies have to file with an authority.</summary>
    Filing,

    /// <summary>Reports of analysts.</summary>
    Report,

    /// <summary>What anybody may post.</summary>
    Social,
}

/// <summary>What a source tells of an author. Null where it does not say.</summary>
/// <param name="Name">Name of the account; empty where unknown.</param>
/// <param name="Since">When the account was made.</param>
/// <param name="Followers">Accounts that follow it.</param>
/// <param name="IsVerified">Whether the platform vouches for it.</param>
internal sealed record AuthorFacts(string Name, DateTimeOffset? Since = null, long? Followers = null, bool? IsVerified = null)
{
    public static AuthorFacts Unknown { get; } = new(string.Empty);
}

/// <summary>One article, filing, report or post, as its source gave it, cleaned.</summary>
internal sealed record SourceItem
{
    /// <summary>Source, such as <c>social:reddit-stocks</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Sort of publication.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Who stands behind it. Items of one publisher never corroborate each other.</summary>
    public required string Publisher { get; init; }

    /// <summary>The source's own id; where it gave none, the address, else the <see cref="ContentHash"/>.</summary>
    public required string ExternalId { get; init; }

    /// <summary>SHA-256 of what it says and who says it, in hexadecimal digits.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Headline, plain text; empty for a post that has none.</summary>
    public required string Title { get; init; }

    /// <summary>Text without markup.</summary>
    public required string Body { get; init; }

    /// <summary>Address, where it has one.</summary>
    public string? Url { get; init; }

    /// <summary>Who wrote it.</summary>
    public AuthorFacts Author { get; init; } = AuthorFacts.Unknown;

    /// <summary>Event time: when it was published. Never later than <see cref="ReceivedAt"/>.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it became known here. A reading at an earlier time must not depend on it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the source gave a time of publication that can be read and is not in the future.</summary>
    public bool HasOwnDate { get; init; } = true;

    /// <summary>Symbols that the source itself says it is about.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>What is read: the headline in a line of its own, then the body.</summary>
    public string Text =>
        Body.Length == 0 ? Title
        : Title.Length == 0 ? Body
        : $"{Title}\n{Body}";
}
