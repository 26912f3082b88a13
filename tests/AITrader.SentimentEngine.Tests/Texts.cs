using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Tests;

/// <summary>Items and opinions for tests.</summary>
internal static class Texts
{
    public const string Symbol = "NSE:INFY";

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 6, 30, 0, TimeSpan.Zero);

    public static readonly MoodSettings Settings = new(
        TimeSpan.FromHours(24),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(7)
    );

    public static SourceItem News(
        string title,
        string body = "",
        string source = "news:mint",
        DateTimeOffset? at = null,
        string? id = null
    ) => Item(title, body, source, SourceKind.News, source, at ?? Noon, id, AuthorFacts.Unknown);

    public static SourceItem Filing(string title, DateTimeOffset? at = null) =>
        Item(title, string.Empty, "filing:nse", SourceKind.Filing, "filing:nse", at ?? Noon, id: null, AuthorFacts.Unknown);

    public static SourceItem Post(string text, string author, DateTimeOffset? at = null, AuthorFacts? facts = null) =>
        Item(string.Empty, text, "social:reddit", SourceKind.Social, $"social:reddit/{author}", at ?? Noon, id: null, facts ?? new(author));

    public static Opinion Opinion(SourceItem item, double score, string symbol = Symbol) =>
        new(item, symbol, 1, score, 0.9, "finbert-tone 1");

    public static MoodBook Book(params IEnumerable<Opinion> opinions)
    {
        var book = new MoodBook(Settings);
        foreach (var opinion in opinions)
        {
            book.Add(opinion);
        }

        return book;
    }

    private static SourceItem Item(
        string title,
        string body,
        string source,
        SourceKind kind,
        string publisher,
        DateTimeOffset at,
        string? id,
        AuthorFacts author
    )
    {
        var hash = ItemIdentity.HashOf(title, body, author.Name, at);
        return new SourceItem
        {
            Source = source,
            Kind = kind,
            Publisher = publisher,
            ExternalId = id ?? hash,
            ContentHash = hash,
            Title = title,
            Body = body,
            Author = author,
            PublishedAt = at,
            ReceivedAt = at,
        };
    }
}
