using System.Globalization;
using System.Text;

namespace AITrader.Registry.Cards;

/// <summary>A card for people: the file <c>README.md</c> beside the model.</summary>
public static class CardPage
{
    /// <summary>Name of the file.</summary>
    public const string Name = "README.md";

    /// <summary>Writes a card as Markdown.</summary>
    public static string Write(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var page = new StringBuilder();
        Line(page, $"# {card.Model} {card.Version}");
        Line(page, $"");
        Line(page, $"{card.Summary}");
        Line(page, $"");
        Line(page, $"- **Goes live**: {(card.Verdict.GoesLive ? "yes" : "no")}, {card.Verdict.Reason}");
        Line(page, $"- **Made by**: `{card.Command}`");
        Line(page, $"- **Trained**: {card.TrainedAt:yyyy-MM-dd}, code {card.Code}");
        Line(page, $"- **File**: sha256 `{card.Sha256}`");
        Line(page, $"");
        Line(page, $"## On what it has not seen");
        Line(page, $"");
        Line(page, $"| metric | value |");
        Line(page, $"|---|---|");
        foreach (var (name, value) in card.Metrics)
        {
            Line(page, $"| {name.Replace('_', ' ')} | {Number(value)} |");
        }

        AddWalk(page, card.Walk);
        AddData(page, card.Data);
        AddLimits(page, card.Limits);
        return page.ToString();
    }

    private static void AddWalk(StringBuilder page, CardWalk? walk)
    {
        if (walk is null)
        {
            return;
        }

        Line(page, $"");
        Line(page, $"## Trained again, forward in time");
        Line(page, $"");
        Line(page, $"| judged from | to | trained with | judged by | error bps | persistence bps | direction hits | p by chance |");
        Line(page, $"|---|---|---|---|---|---|---|---|");
        foreach (var fold in walk.Folds.Append(walk.Overall))
        {
            Line(
                page,
                $"| {Time(fold.From)} | {Time(fold.To)} | {(fold.Training is { } training ? training : "all folds")} | {fold.Test} | {fold.ErrorBps:0.####} | {fold.PersistenceErrorBps:0.####} | {Number(fold.DirectionHits)} | {Number(fold.PByChance)} |"
            );
        }
    }

    private static void AddData(StringBuilder page, CardData data)
    {
        Line(page, $"");
        Line(page, $"## Data");
        Line(page, $"");
        Line(page, $"Version `{data.Version}`{(data.Licence is { } licence ? $"; {licence}" : string.Empty)}.");
        Line(page, $"Examples: {string.Join(", ", data.Examples.Select(static part => $"{part.Key} {part.Value}"))}.");
        Line(page, $"");
        Line(page, $"| part | count | from | to |");
        Line(page, $"|---|---|---|---|");
        foreach (var part in data.Parts)
        {
            Line(page, $"| {part.Name} | {part.Count} | {Time(part.From)} | {Time(part.To)} |");
        }

        Line(page, $"");
        foreach (var source in data.Sources)
        {
            Line(page, $"- {source}");
        }
    }

    private static void AddLimits(StringBuilder page, IReadOnlyList<string> limits)
    {
        if (limits.Count == 0)
        {
            return;
        }

        Line(page, $"");
        Line(page, $"## Limits");
        Line(page, $"");
        foreach (var limit in limits)
        {
            Line(page, $"- {limit}");
        }
    }

    private static string Number(double? value) => value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "-";

    private static string Time(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : "-";

    // Lines end alike on every system: the file is the same wherever it is made.
    private static void Line(StringBuilder page, FormattableString line) => page.Append(FormattableString.Invariant(line)).Append('\n');
}
