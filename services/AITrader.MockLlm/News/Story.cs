namespace AITrader.MockLlm.News;

/// <summary>Something that a made-up company did.</summary>
/// <param name="Number">Number of the story since 1970.</param>
/// <param name="Company">Whose it is.</param>
/// <param name="Wire">As a wire tells it.</param>
/// <param name="Daily">As a newspaper tells it; null where it does not.</param>
/// <param name="Filing">As the company files it; null where it does not.</param>
/// <param name="Talk">What a forum says of it; <c>{0}</c> is the ticker, <c>{1}</c> a number.</param>
/// <param name="At">When it happens.</param>
/// <param name="IsTwice">Whether the wire lists it a second time, under another id.</param>
/// <param name="ChangesAt">When the wire changes its headline; null for never.</param>
internal sealed record Story(
    long Number,
    Company Company,
    string Wire,
    string? Daily,
    string? Filing,
    string Talk,
    DateTimeOffset At,
    bool IsTwice,
    DateTimeOffset? ChangesAt
);

/// <summary>A post in the forum.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Account.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
internal sealed record Post(string Id, string Author, string Text, DateTimeOffset At);

/// <summary>A company of the mock exchange.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Name">Its name in the news.</param>
internal sealed record Company(string Ticker, string Name)
{
    public static IReadOnlyList<Company> All { get; } =
    [
        new("INFY", "Infosys"),
        new("RELIANCE", "Reliance Industries"),
        new("TCS", "Tata Consultancy Services"),
        new("HDFCBANK", "HDFC Bank"),
        new("SBIN", "State Bank of India"),
    ];
}
