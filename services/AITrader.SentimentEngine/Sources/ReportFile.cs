using AITrader.SentimentEngine.Items;
using AITrader.SentimentEngine.Markup;

namespace AITrader.SentimentEngine.Sources;

/// <summary>Reads a report: lines such as <c>Date: 2026-03-02</c> at its head, then its headline, then its text.</summary>
internal static class ReportFile
{
    private static readonly string[] HeadNames = ["title", "date", "author", "symbol", "symbols", "url"];

    /// <summary>The report.</summary>
    /// <param name="name">Its path below the folder: the item's id.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="written">When the file was written; counts where the report has no date.</param>
    public static RawItem Read(string name, byte[] content, DateTimeOffset written)
    {
        var text = TextDecoding.Decode(content, charset: null).ReplaceLineEndings("\n");
        return Path.GetExtension(name).ToUpperInvariant() is ".HTML" or ".HTM"
            ? new RawItem
            {
                Id = name,
                Title = TitleOf(text) ?? Path.GetFileNameWithoutExtension(name),
                Body = text,
                Published = written,
            }
            : ReadText(name, text, written);
    }

    private static RawItem ReadText(string name, string text, DateTimeOffset written)
    {
        var lines = text.Split('\n').Select(static line => line.Trim()).ToList();
        var head = HeadOf(lines);
        var rest = lines.Skip(head.Count).SkipWhile(static line => line.Length == 0).ToList();
        var title = head.GetValueOrDefault("title") ?? rest.FirstOrDefault()?.TrimStart('#', ' ');
        return new RawItem
        {
            Id = name,
            Title = title,
            Body = string.Join('\n', head.ContainsKey("title") ? rest : rest.Skip(1)),
            Url = head.GetValueOrDefault("url"),
            Author = new AuthorFacts(head.GetValueOrDefault("author", string.Empty)),
            Published = FeedDates.Parse(head.GetValueOrDefault("date")) ?? written,
            Symbols = head.GetValueOrDefault("symbols", head.GetValueOrDefault("symbol", string.Empty))
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    private static Dictionary<string, string> HeadOf(List<string> lines)
    {
        var head = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (
                colon <= 0
                || !HeadNames.Contains(line[..colon], StringComparer.OrdinalIgnoreCase)
                || !head.TryAdd(line[..colon], line[(colon + 1)..].Trim())
            )
            {
                break;
            }
        }

        return head;
    }

    private static string? TitleOf(string page)
    {
        var begin = page.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var open = begin < 0 ? -1 : page.IndexOf('>', begin);
        var end = open < 0 ? -1 : page.IndexOf("</title", open, StringComparison.OrdinalIgnoreCase);
        return end > open ? page[(open + 1)..end] : null;
    }
}
