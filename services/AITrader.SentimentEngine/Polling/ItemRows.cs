using System.Text.Json;
using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Linking;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Items as rows, and back.</summary>
internal static class ItemRows
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The row of what an item says of a symbol.</summary>
    public static SentimentItemRow Of(SourceItem item, SymbolLink link) =>
        new()
        {
            Id = SentimentItems.IdOf(link.Symbol, item.Source, item.ContentHash),
            Symbol = link.Symbol,
            Source = item.Source,
            Text = item.Text,
            Score = 0,
            Confidence = 0,
            Authenticity = 0,
            Timestamp = item.PublishedAt,
            ExternalId = item.ExternalId,
            ContentHash = item.ContentHash,
            Relevance = link.Relevance,
            ReceivedAt = item.ReceivedAt,
            Facts = JsonSerializer.Serialize(
                new Facts(item.Kind, item.Publisher, item.Title, item.Url, item.Author, item.HasOwnDate, link.Evidence, link.Words),
                Json
            ),
        };

    /// <summary>The opinion of a row, with what a model made of it.</summary>
    public static Opinion OpinionOf(SentimentItemRow row, double score, double confidence, string model)
    {
        var facts = JsonSerializer.Deserialize<Facts>(row.Facts, Json)!;
        var item = new SourceItem
        {
            Source = row.Source,
            Kind = facts.Kind,
            Publisher = facts.Publisher,
            ExternalId = row.ExternalId,
            ContentHash = row.ContentHash,
            Title = facts.Title,
            Body = row.Text.Length > facts.Title.Length ? row.Text[facts.Title.Length..].TrimStart('\n') : string.Empty,
            Url = facts.Url,
            Author = facts.Author,
            PublishedAt = row.Timestamp,
            ReceivedAt = row.ReceivedAt!.Value,
            HasOwnDate = facts.HasOwnDate,
        };
        return new Opinion(item, row.Symbol, row.Relevance, score, confidence, model);
    }

    /// <summary>The opinion of a row that has been read.</summary>
    public static Opinion OpinionOf(SentimentItemRow row) => OpinionOf(row, row.Score, row.Confidence, row.Model);

    /// <summary>Reasons as JSON.</summary>
    public static string Of(IReadOnlyList<AuthenticityReason> reasons) => JsonSerializer.Serialize(reasons, Json);

    private sealed record Facts(
        SourceKind Kind,
        string Publisher,
        string Title,
        string? Url,
        AuthorFacts Author,
        bool HasOwnDate,
        LinkEvidence Evidence,
        string Words
    );
}
