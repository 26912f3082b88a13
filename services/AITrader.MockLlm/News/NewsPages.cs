using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;

namespace AITrader.MockLlm.News;

/// <summary>The news in the formats of those who tell them.</summary>
internal static class NewsPages
{
    /// <summary>RSS 2.0 of the wire: duplicates under other ids, and headlines that change.</summary>
    public static string Wire(IReadOnlyList<Story> stories, DateTimeOffset now) =>
        Rss(
            "Mock wire",
            stories.SelectMany(story =>
            {
                var title = story.ChangesAt is { } at && at <= now ? $"Update: {story.Wire}, company confirms" : story.Wire;
                var item = Item(title, $"wire-{story.Number}", story.At);
                return story.IsTwice ? [item, Item(title, $"wire-{story.Number}-again", story.At)] : (string[])[item];
            })
        );

    /// <summary>RSS 2.0 of the newspaper, which is later and tells less.</summary>
    public static string Daily(IReadOnlyList<Story> stories, DateTimeOffset now, TimeSpan later) =>
        Rss(
            "Mock daily",
            stories
                .Where(story => story.Daily is not null && story.At + later <= now)
                .Select(story => Item(story.Daily!, $"daily-{story.Number}", story.At + later))
        );

    /// <summary>JSON of the exchange's filings.</summary>
    public static string Filings(IReadOnlyList<Story> stories) =>
        JsonSerializer.Serialize(
            new
            {
                filings = stories
                    .Where(static story => story.Filing is not null)
                    .Select(static story => new
                    {
                        id = $"filing-{story.Number}",
                        title = story.Filing,
                        body = $"Under regulation 30, NSE: {story.Company.Ticker}",
                        published_at = story.At.ToUnixTimeSeconds(),
                    }),
            }
        );

    /// <summary>A listing in the shape of Reddit's.</summary>
    public static string Forum(IReadOnlyList<Post> posts) =>
        JsonSerializer.Serialize(
            new
            {
                kind = "Listing",
                data = new
                {
                    after = (string?)null,
                    children = posts.Select(static post => new
                    {
                        kind = "t3",
                        data = new
                        {
                            id = post.Id[3..],
                            name = post.Id,
                            subreddit = "mockstreet",
                            title = post.Text,
                            selftext = string.Empty,
                            author = post.Author,
                            created_utc = (double)post.At.ToUnixTimeSeconds(),
                            permalink = $"/r/mockstreet/comments/{post.Id[3..]}/",
                        },
                    }),
                },
            }
        );

    private static string Rss(string title, IEnumerable<string> items) =>
        new StringBuilder()
            .Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>")
            .Append(title)
            .Append("</title><link>http://mock.example/</link><description>Made up.</description>\n")
            .AppendJoin('\n', items)
            .Append("\n</channel></rss>\n")
            .ToString();

    private static string Item(string title, string id, DateTimeOffset at) =>
        $"<item><title>{SecurityElement.Escape(title)}</title><guid isPermaLink=\"false\">{id}</guid>"
        + $"<link>http://mock.example/{id}</link><pubDate>{at.ToString("r", CultureInfo.InvariantCulture)}</pubDate></item>";
}
