using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Output;
using AITrader.Registry.Cards;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>A version of the repository.</summary>
internal sealed record ModelRow(string Model, int Version, bool Answers, ModelCard? Card);

/// <summary>Models and their cards as text.</summary>
internal static class ModelView
{
    public static Table Table(IEnumerable<ModelRow> rows)
    {
        var table = PlainTable.With("MODEL", "VERSION", "ANSWERS", "TASK", "TRAINED", "VERDICT");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Model),
                new Text(row.Version.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Answers ? "yes" : string.Empty),
                new Text(row.Card?.Task ?? "-"),
                new Text(row.Card?.TrainedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-"),
                new Text(
                    row.Card is { Verdict: var verdict }
                        ? $"{(verdict.GoesLive ? "goes live" : "does not go live")}: {verdict.Reason}"
                        : "no card"
                )
            );
        }

        return table;
    }

    public static string Json(IEnumerable<ModelRow> rows) =>
        JsonSerializer.Serialize(
            rows.Select(static row => new
            {
                model = row.Model,
                version = row.Version,
                answers = row.Answers,
                task = row.Card?.Task,
                goes_live = row.Card?.Verdict.GoesLive,
                reason = row.Card?.Verdict.Reason,
                metrics = row.Card?.Metrics,
            })
        );

    public static IEnumerable<string> Lines(ModelCard card, bool answers)
    {
        yield return $"{card.Model} {card.Version}{(answers ? ", answers" : string.Empty)}";
        yield return $"  {card.Summary}";
        yield return $"  {(card.Verdict.GoesLive ? "goes live" : "does not go live")}: {card.Verdict.Reason}";
        foreach (var (name, value) in card.Metrics)
        {
            var shown = value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "-";
            yield return $"  {name.Replace('_', ' '), -36} {shown, 12}";
        }

        foreach (var line in card.Walk is { } walk ? Lines(walk) : [])
        {
            yield return line;
        }

        foreach (var part in card.Data.Parts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {part.Name, -36} {part.Count, 12}");
        }

        yield return $"  examples: {string.Join(", ", card.Data.Examples.Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value}")))}";
        yield return $"  {card.Command}";
    }

    private static IEnumerable<string> Lines(CardWalk walk)
    {
        yield return "  trained again, forward in time:";
        yield return $"  {"judged from", -17} {"to", -17} {"trained", 9} {"judged", 9} {"error bps", 10} {"persistence", 11} {"hits", 6} {"p", 8}";
        foreach (var fold in walk.Folds.Append(walk.Overall))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {fold.From.UtcDateTime, -17:yyyy-MM-dd HH:mm} {fold.To.UtcDateTime, -17:yyyy-MM-dd HH:mm} {(fold.Training is { } training ? $"{training}" : "all"), 9} {fold.Test, 9} {fold.ErrorBps, 10:0.####} {fold.PersistenceErrorBps, 11:0.####} {fold.DirectionHits, 6:0.###} {fold.PByChance, 8:0.####}"
            );
        }
    }
}
