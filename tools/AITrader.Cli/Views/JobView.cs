using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints jobs as text. What is not known is a dash.</summary>
internal static class JobView
{
    private const string None = "–";

    private static readonly string[] Columns = ["id", "type", "status", "attempts", "created_at", "finished_at", "error"];

    /// <summary>Jobs, one a row.</summary>
    public static Table Table(JsonElement page)
    {
        var table = PlainTable.With(Columns);
        foreach (var job in page.GetProperty("items").EnumerateArray())
        {
            table.AddRow([.. Columns.Select(name => new Text(Value(job.GetProperty(name))))]);
        }

        return table;
    }

    /// <summary>All lines on a job.</summary>
    public static IEnumerable<string> Lines(JsonElement job)
    {
        var asked = job.GetProperty("cancel_asked_at").ValueKind == JsonValueKind.Null ? string.Empty : ", asked to end";
        yield return $"{Value(job.GetProperty("id"))}: {Value(job.GetProperty("type"))}, {Value(job.GetProperty("status"))}{asked}, attempt {Value(job.GetProperty("attempts"))}";
        yield return $"    asked for {Value(job.GetProperty("created_at"))}, began {Value(job.GetProperty("started_at"))}, ended {Value(job.GetProperty("finished_at"))}";
        if (job.GetProperty("error").GetString() is { Length: > 0 } error)
        {
            yield return $"    {error}";
        }

        if (job.GetProperty("result") is { ValueKind: JsonValueKind.Object } result)
        {
            foreach (var part in result.EnumerateObject())
            {
                yield return $"    {part.Name.Replace('_', ' ')}: {Value(part.Value)}";
            }
        }
    }

    private static string Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => None,
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
}
