using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AITrader.SentimentEngine.Markup;

/// <summary>What a reader sees of a piece of HTML.</summary>
internal static class MarkupText
{
    // Far more than is kept; a parser's tree is many times as large as its text.
    private const int MaxMarkup = 200_000;

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
    };
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a",
        "abbr",
        "b",
        "em",
        "font",
        "i",
        "mark",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    };

    /// <summary>The text of a piece of markup; text without markup stays as it is, its entities resolved.</summary>
    public static string Of(string? markup)
    {
        if (string.IsNullOrEmpty(markup) || markup.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return markup ?? string.Empty;
        }

        using var document = new HtmlParser().ParseDocument("<!DOCTYPE html><html><body></body></html>");
        document.Body!.InnerHtml = markup.Length > MaxMarkup ? markup[..MaxMarkup] : markup;
        var text = new StringBuilder();
        Append(document.Body, text);
        return text.ToString();
    }

    // By a stack: markup may be nested deeper than ours.
    private static void Append(INode root, StringBuilder text)
    {
        var open = new Stack<INode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is IText words)
            {
                text.Append(words.Data);
            }
            else if (node is not IElement element || !Unseen.Contains(element.LocalName))
            {
                text.Append(node is IElement { LocalName: var name } && !Inline.Contains(name) ? " " : string.Empty);
                for (var child = node.LastChild; child is not null; child = child.PreviousSibling)
                {
                    open.Push(child);
                }
            }
        }
    }
}
