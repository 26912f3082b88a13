using System.Text.Json;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Any JSON, by the paths of its setting.</summary>
internal sealed class JsonItemReader(SourceSetting source) : IItemReader
{
    private readonly JsonPath _items = new(source.ItemsPath);
    private readonly JsonPath _id = new(source.IdPath);
    private readonly JsonPath _title = new(source.TitlePath);
    private readonly JsonPath _body = new(source.BodyPath);
    private readonly JsonPath _url = new(source.UrlPath);
    private readonly JsonPath _author = new(source.AuthorPath);
    private readonly JsonPath _date = new(source.DatePath);

    public ReadResult Read(byte[] content, string? charset)
    {
        var result = JsonDocuments.Read(content, charset, Items, (_, item) => Item(item));
        return result.Items.Count + result.Faults.Count > 0
            ? result
            : ReadResult.Broken($"nothing is found at '{source.ItemsPath}' in the answer");
    }

    // The path may name the list or, with [] at its end, the elements.
    private IEnumerable<JsonElement> Items(JsonElement root) =>
        _items.All(root).SelectMany(static found => found.ValueKind == JsonValueKind.Array ? found.Elements() : [found]);

    private RawItem Item(JsonElement item) =>
        new()
        {
            Id = _id.Text(item),
            Title = _title.Text(item),
            Body = _body.Text(item),
            Url = _url.Text(item),
            Author = new AuthorFacts(_author.Text(item) ?? string.Empty),
            Published = JsonDocuments.Time(_date.Text(item)),
        };
}
