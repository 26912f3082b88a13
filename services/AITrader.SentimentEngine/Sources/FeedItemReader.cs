using System.Text.RegularExpressions;
using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Markup;
using AngleSharp.Dom;
using AngleSharp.Xml.Parser;

namespace AITrader.SentimentEngine.Sources;

/// <summary>RSS and Atom of every version, well formed or not.</summary>
/// <remarks>On AngleSharp.Xml, which goes on after an error. CodeHollow.FeedReader and System.ServiceModel.Syndication give up a whole
/// feed for one ampersand, one missing title or one byte.</remarks>
internal sealed partial class FeedItemReader : IItemReader
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    // The first that can be read counts; what was changed later is no news.
    private static readonly string[] DateNames = ["pubDate", "published", "date", "issued", "created", "updated", "modified"];

    public ReadResult Read(byte[] content, string? charset)
    {
        var text = WithoutDoctype(TextDecoding.Decode(content, charset).TrimStart());
        if (!text.StartsWith('<'))
        {
            return ReadResult.Broken("the answer is no XML");
        }

        using var document = new XmlParser(new XmlParserOptions { IsSuppressingErrors = true }).ParseDocument(text);
        var root = document.DocumentElement?.LocalName;
        if (root is not ("rss" or "RDF" or "feed" or "channel"))
        {
            return ReadResult.Broken(
                root is "html" ? "the answer is a page, no feed" : $"the answer is XML, but no feed: its root is '{root}'"
            );
        }

        var items = document.All.Where(static element => element.LocalName is "item" or "entry").Select(Item).ToList();
        return new ReadResult(items, []);
    }

    // Entities of its own may name files or grow without bound; those of HTML are resolved with the markup.
    private static string WithoutDoctype(string text)
    {
        // What a comment or a text says of one is none.
        var prolog = Doctype().Match(text);
        if (!prolog.Success)
        {
            return text;
        }

        var begin = prolog.Index + prolog.Length - "<!DOCTYPE".Length;
        var close = text.IndexOf('>', begin);
        var subset = text.IndexOf('[', begin);
        var end = subset >= 0 && subset < close ? text.IndexOf("]>", subset, StringComparison.Ordinal) + 1 : close;
        return end > begin ? text.Remove(begin, end - begin + 1) : text;
    }

    private static RawItem Item(IElement item) =>
        new()
        {
            Id = Text(item, "guid") ?? Text(item, "id") ?? item.GetAttribute("rdf:about"),
            Title = Text(item, "title"),
            Body = Text(item, "encoded") ?? Text(item, "content") ?? Text(item, "description") ?? Text(item, "summary"),
            Url = Link(item),
            Author = new AuthorFacts(Author(item) ?? string.Empty),
            Published = DateNames.Select(name => FeedDates.Parse(Text(item, name))).FirstOrDefault(static date => date is not null),
        };

    // media:title and its like are of a picture.
    private static IEnumerable<IElement> Children(IElement item, string name) =>
        item.Children.Where(child =>
            child.LocalName == name
            && child.Prefix is not ("media" or "itunes" or "georss")
            && child.NamespaceUri?.Contains("mrss", StringComparison.Ordinal) != true
        );

    private static string? Text(IElement item, string name) =>
        Children(item, name).Select(static child => child.TextContent.Trim()).FirstOrDefault(static text => text.Length > 0);

    private static string? Link(IElement item)
    {
        var links = Children(item, "link").ToList();
        var alternate = links.Find(static link => link.HasAttribute("href") && link.GetAttribute("rel") is null or "alternate")
            ?? links.Find(static link => link.NamespaceUri != Atom && link.TextContent.Trim().Length > 0);
        return alternate?.GetAttribute("href") ?? alternate?.TextContent.Trim() ?? PermanentId(item);
    }

    // An id counts as an address unless it says otherwise; but many a one is none.
    private static string? PermanentId(IElement item) =>
        Children(item, "guid")
            .Where(static guid => guid.GetAttribute("isPermaLink") is null or "true")
            .Select(static guid => guid.TextContent.Trim())
            .FirstOrDefault(static id => id.StartsWith("http", StringComparison.OrdinalIgnoreCase));

    private static string? Author(IElement item) =>
        Children(item, "author").FirstOrDefault() is { } author ? Text(author, "name") ?? author.TextContent.Trim() : Text(item, "creator");

    [GeneratedRegex(@"\A(?>(?:\s+|<\?.*?\?>|<!--.*?-->)*)<!DOCTYPE", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Doctype();
}
