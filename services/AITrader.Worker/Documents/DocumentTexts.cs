using System.Globalization;
using System.Text;
using System.Text.Json;
using AITrader.Domain.Orders;
using AITrader.Storage.Documents;
using AITrader.Storage.Rows;

namespace AITrader.Worker.Documents;

/// <summary>Makes documents of records. The same record gives the same text, so that it is one document however often it is
/// indexed.</summary>
internal static class DocumentTexts
{
    private const int MaxTitle = 200;

    /// <summary>The trades of one symbol on one day. Known to everybody when the day is over.</summary>
    public static NewDocument OfTrades(string symbol, DateOnly day, IReadOnlyList<LiveTrade> trades)
    {
        var body = new StringBuilder();
        var sum = trades.Sum(static one => one.Pnl);
        body.Append(
            CultureInfo.InvariantCulture,
            $"{trades.Count} trades, realised P&L {sum:0.########}, fees {trades.Sum(static one => one.Fees):0.########}.\n"
        );
        foreach (var one in trades)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"{one.Timestamp:HH:mm:ss} {WireNames.Name(one.Side)} {one.Quantity:0.########} at {one.Price:0.########} by {one.Origin ?? "hand"}, P&L {one.Pnl:0.########}\n"
            );
        }

        return new NewDocument(
            DocumentSources.Trade,
            symbol,
            string.Create(CultureInfo.InvariantCulture, $"Trades of {symbol} on {day:yyyy-MM-dd}"),
            body.ToString(),
            null,
            new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
        );
    }

    /// <summary>A backtest with its statistics.</summary>
    public static NewDocument OfBacktest(BacktestRow row)
    {
        var body = new StringBuilder();
        using var metrics = JsonDocument.Parse(row.Metrics);
        if (metrics.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var one in metrics.RootElement.EnumerateObject().Where(static one => IsFigure(one.Value)))
            {
                body.Append(CultureInfo.InvariantCulture, $"{one.Name.Replace('_', ' ')}: {one.Value}\n");
            }
        }

        return new NewDocument(
            DocumentSources.Backtest,
            null,
            $"Backtest {row.Id:D}",
            body.Length > 0 ? body.ToString() : "No statistics.",
            null,
            row.CreatedAt
        );
    }

    /// <summary>A replay with what it traded. Known when it ended, whatever the time of its market.</summary>
    public static NewDocument OfReplay(ReplayRunRow row, int trades, decimal pnl) =>
        new(
            $"{DocumentSources.Backtest}:replay",
            null,
            $"Replay {row.Run}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Replay of {row.Source}, {row.Ticks ?? row.Published} ticks: {trades} trades, realised P&L {pnl:0.########}."
            ),
            null,
            row.FinishedAt!.Value
        );

    /// <summary>A text whose sentiment was scored.</summary>
    public static NewDocument OfNews(SentimentItemRow row)
    {
        var first = row.Text.AsSpan().Trim().ToString().Split('\n', 2)[0].Trim();
        return new NewDocument(row.Source, row.Symbol, Cut(first), row.Text, null, row.Timestamp);
    }

    /// <summary>The sections of a runbook, by its headings of the second level.</summary>
    public static IEnumerable<NewDocument> OfRunbook(string name, string text, DateTimeOffset now)
    {
        var (title, section) = (name, new StringBuilder());
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append("## "))
        {
            if (!line.StartsWith("## ", StringComparison.Ordinal))
            {
                section.Append(line).Append('\n');
                continue;
            }

            if (section.ToString().Trim() is { Length: > 0 } body)
            {
                yield return new NewDocument(DocumentSources.Runbook, null, Cut(title), body, null, now);
            }

            (title, section) = ($"{name}: {line[3..].Trim()}", new StringBuilder());
        }
    }

    private static bool IsFigure(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False;

    // Half of a surrogate pair is no text.
    private static string Cut(string title) =>
        title.Length <= MaxTitle ? title
        : char.IsHighSurrogate(title[MaxTitle - 1]) ? title[..(MaxTitle - 1)]
        : title[..MaxTitle];
}
