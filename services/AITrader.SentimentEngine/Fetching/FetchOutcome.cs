namespace AITrader.SentimentEngine.Fetching;

/// <summary>What a server wants to hear again, to say whether something has changed.</summary>
/// <param name="ETag">As it was given, weak or malformed ones too.</param>
/// <param name="LastModified">As it was given.</param>
internal sealed record Validators(string? ETag, string? LastModified);

/// <summary>A request for a page.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Validators">Of the last answer that was used; null for none.</param>
/// <param name="BearerToken">Sent to this host only, not to where it redirects; null for none.</param>
internal sealed record FetchRequest(Uri Address, Validators? Validators = null, string? BearerToken = null);

/// <summary>What came of a request.</summary>
internal abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>An answer.</summary>
    /// <param name="Content">Unpacked body.</param>
    /// <param name="Charset">Of its Content-Type; null where it has none.</param>
    /// <param name="Validators">To be sent the next time, once the answer has been used.</param>
    internal sealed record Fetched(byte[] Content, string? Charset, Validators Validators) : FetchOutcome;

    /// <summary>Nothing has changed.</summary>
    /// <param name="Validators">To be sent the next time: a server may renew them here.</param>
    internal sealed record Unchanged(Validators Validators) : FetchOutcome;

    /// <summary>No answer that can be used.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Pause">How long the server wants to be left alone; null where it does not say.</param>
    internal sealed record Refused(string Reason, TimeSpan? Pause = null) : FetchOutcome;
}
