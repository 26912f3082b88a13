using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Markup;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Makes what a reader found into an item: cleaned, bounded, with an id and times that can be.</summary>
internal static class ItemMaker
{
    private const int MaxId = 500;
    private const int MaxName = 100;
    private const int MaxUrl = 2_000;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The item; null where it says nothing.</summary>
    public static SourceItem? Make(SourceSetting source, RawItem raw, DateTimeOffset received)
    {
        var title = ItemText.Clean(MarkupText.Of(raw.Title), ItemText.MaxTitle);
        var body = ItemText.Clean(MarkupText.Of(raw.Body), ItemText.MaxBody);
        if (title.Length == 0 && body.Length == 0)
        {
            return null;
        }

        var author = raw.Author with { Name = ItemText.Clean(raw.Author.Name, MaxName) };
        var published = Possible(raw.Published, received);
        var hash = ItemIdentity.HashOf(title, body == title ? string.Empty : body, author.Name, published);
        var url = Address(source, raw.Url);
        var id = ItemText.Clean(raw.Id, MaxId);
        return new SourceItem
        {
            Source = source.Name,
            Kind = source.Kind,
            Publisher = source.Kind == SourceKind.Social && author.Name.Length > 0 ? $"{source.Name}/{author.Name}" : source.Origin,
            ExternalId =
                id.Length > 0 ? id
                : url is { Length: <= MaxId } ? url
                : hash,
            ContentHash = hash,
            Title = title,
            Body = body == title ? string.Empty : body,
            Url = url,
            Author = author,
            PublishedAt = published is { } said && said < received ? said : received,
            ReceivedAt = received,
            HasOwnDate = published is not null,
            Symbols = [.. source.Symbols.Concat(raw.Symbols).Distinct(StringComparer.Ordinal)],
        };
    }

    // To the microsecond, as the database keeps it: else an item would be another one after a restart.
    private static DateTimeOffset? Possible(DateTimeOffset? published, DateTimeOffset received) =>
        published is { } said && said >= Earliest && said <= received + ClockDifference
            ? new DateTimeOffset(said.UtcTicks - (said.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero)
            : null;

    private static string? Address(SourceSetting source, string? url)
    {
        var clean = ItemText.Clean(url, MaxUrl);
        var isAddress = Uri.TryCreate(source.Url, UriKind.Absolute, out var root)
            ? Uri.TryCreate(root, clean, out var address)
            : Uri.TryCreate(clean, UriKind.Absolute, out address);
        return clean.Length > 0 && isAddress && (address!.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address.AbsoluteUri
            : null;
    }
}
