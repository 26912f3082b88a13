using System.Globalization;
using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>How runners serve a model, as a table: a row for each version of each runner.</summary>
internal static class ServingView
{
    public static Table Table(JsonElement serving)
    {
        var table = PlainTable.With("RUNNER", "VERSION", "LABELS", "ANSWERED", "FAILED", "MEAN MS", "FOLLOWED", "OFF BY %", "DIRECTION");
        foreach (var runner in serving.GetProperty("runners").EnumerateArray())
        {
            var name = runner.GetProperty("runner").GetString()!;
            var versions = runner.GetProperty("versions");
            if (versions.GetArrayLength() == 0)
            {
                Add(table, name, runner.GetProperty("is_reachable").GetBoolean() ? "not loaded" : "does not answer");
            }

            foreach (var version in versions.EnumerateArray())
            {
                Add(table, [name, .. Cells(runner, version)]);
            }
        }

        return table;
    }

    private static IEnumerable<string> Cells(JsonElement runner, JsonElement version)
    {
        var (number, outcomes) = (version.GetProperty("version"), version.GetProperty("outcomes"));
        yield return number.GetRawText();
        yield return string.Join(
            ", ",
            runner
                .GetProperty("labels")
                .EnumerateObject()
                .Where(label => label.Value.GetInt32() == number.GetInt32())
                .Select(label => LabelOf(runner, label.Name))
        );
        yield return version.GetProperty("inferences").GetRawText();
        yield return version.GetProperty("failures").GetRawText();
        yield return Number(version.GetProperty("mean_milliseconds"), "0.00");
        yield return outcomes.GetProperty("count").GetRawText();
        yield return Number(outcomes.GetProperty("mean_absolute_percentage_error"), "0.0000");
        yield return Number(outcomes.GetProperty("direction_hits"), "0.0 %");
    }

    private static string LabelOf(JsonElement runner, string label) =>
        runner.GetProperty("traffic").TryGetProperty(label, out var share)
            ? string.Create(CultureInfo.InvariantCulture, $"{label} {share.GetDouble():0.##} %")
            : label;

    private static string Number(JsonElement value, string format) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString(format, CultureInfo.InvariantCulture) : "-";

    private static void Add(Table table, params string[] cells) =>
        table.AddRow([.. cells.Concat(Enumerable.Repeat("-", table.Columns.Count - cells.Length)).Select(static cell => new Text(cell))]);
}
