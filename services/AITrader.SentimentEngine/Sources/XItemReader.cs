using System.Text.Json;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Posts of X's API, version 2, with <c>expansions=author_id</c>.</summary>
internal sealed class XItemReader : IItemReader
{
    public ReadResult Read(byte[] content, string? charset)
    {
        var result = JsonDocuments.Read(content, charset, static root => root.Part("data").Elements(), Item);
        return result with { Faults = [.. result.Faults, .. Errors(content, charset)] };
    }

    private static IEnumerable<string> Errors(byte[] content, string? charset) =>
        JsonDocuments
            .Read(
                content,
                charset,
                static root => root.Part("errors").Elements(),
                static (_, error) => new RawItem { Title = error.Text("detail") ?? error.Text("title") }
            )
            .Items.Select(static error => $"X says: {error.Title}");

    private static RawItem Item(JsonElement root, JsonElement post)
    {
        var author = post.Text("author_id");
        var user = root.Part("includes").Part("users").Elements().FirstOrDefault(user => user.Text("id") == author);
        var name = user.Text("username") ?? author ?? string.Empty;
        return new RawItem
        {
            Id = post.Text("id"),
            Body = post.Text("text"),
            Url = post.Text("id") is { } id ? $"https://x.com/i/status/{id}" : null,
            Author = new AuthorFacts(
                name,
                JsonDocuments.Time(user.Text("created_at")),
                user.Part("public_metrics").Number("followers_count"),
                user.Part("verified").ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => null,
                }
            ),
            Published = JsonDocuments.Time(post.Text("created_at")),
        };
    }
}
