namespace AITrader.Storage.Documents;

/// <summary>A text to be kept for retrieval.</summary>
/// <param name="Source">Where it came from: one of <see cref="DocumentSources"/>, optionally with a name after a colon
/// (<c>news:reuters</c>).</param>
/// <param name="Symbol">Instrument that it is about; null where it is about the market.</param>
/// <param name="Title">Title.</param>
/// <param name="Body">Text.</param>
/// <param name="Url">Address, where it has one.</param>
/// <param name="PublishedAt">When everybody could know it. A replay never sees a document before this time.</param>
public sealed record NewDocument(string Source, string? Symbol, string Title, string Body, string? Url, DateTimeOffset PublishedAt);

/// <summary>Kinds of source.</summary>
public static class DocumentSources
{
    /// <summary>Articles and headlines.</summary>
    public const string News = "news";

    /// <summary>What a company files with its exchange or regulator.</summary>
    public const string Filing = "filing";

    /// <summary>Own trades.</summary>
    public const string Trade = "trade";

    /// <summary>Own backtests.</summary>
    public const string Backtest = "backtest";

    /// <summary>Own instructions for operation.</summary>
    public const string Runbook = "runbook";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [News, Filing, Trade, Backtest, Runbook];
}

/// <summary>What became of a document.</summary>
public abstract record DocumentOutcome
{
    private DocumentOutcome() { }

    /// <summary>It is stored.</summary>
    /// <param name="Id">Its id, which follows from its text.</param>
    public sealed record Added(Guid Id) : DocumentOutcome;

    /// <summary>The same text was stored before. The time of the first one stays.</summary>
    /// <param name="Id">Id of the stored one.</param>
    public sealed record Known(Guid Id) : DocumentOutcome;

    /// <summary>It is not stored.</summary>
    /// <param name="Reason">Why, as a sentence.</param>
    public sealed record Refused(string Reason) : DocumentOutcome;
}
