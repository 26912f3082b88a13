using System.Net;
using System.Text.Json;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Sources;

/// <summary>A listing of Reddit's: <c>/r/NAME/new.json</c>.</summary>
internal sealed class RedditItemReader : IItemReader
{
    private static readonly string[] Gone = ["[deleted]", "[removed]"];

    public ReadResult Read(byte[] content, string? charset)
    {
        var result = JsonDocuments.Read(
            content,
            charset,
            static root => root.Part("data").Part("children").Elements(),
            static (_, item) => Item(item)
        );
        return result.Items.Count + result.Faults.Count > 0 ? result : new ReadResult([], []);
    }

    // Only t3 is a post; a listing may have comments and subreddits in between.
    private static RawItem? Item(JsonElement item)
    {
        var post = item.Part("data");
        return item.Text("kind") != "t3" ? null
            : post.ValueKind != JsonValueKind.Object ? throw new FormatException("a post has no data")
            : new RawItem
            {
                Id = post.Text("name") ?? post.Text("id"),
                Title = post.Text("title"),
                Body = Kept(WebUtility.HtmlDecode(post.Text("selftext"))),
                Url = post.Text("permalink") is { } link ? new Uri(new Uri("https://www.reddit.com"), link).AbsoluteUri : null,
                Author = new AuthorFacts(Kept(post.Text("author")) ?? string.Empty),
                Published = JsonDocuments.Time(post.Text("created_utc")),
            };
    }

    private static string? Kept(string? text) => text is null || Gone.Contains(text) ? null : text;
}
