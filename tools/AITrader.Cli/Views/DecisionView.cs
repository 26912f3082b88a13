using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints a decision as text.</summary>
internal static class DecisionView
{
    public static IEnumerable<string> Lines(JsonElement decision)
    {
        yield return $"decision {decision.GetProperty("id")}: {decision.GetProperty("action")} with score {decision.GetProperty("score")}";
        if (decision.TryGetProperty("signal", out var signal))
        {
            yield return $"on {signal.GetProperty("pattern")} of {signal.GetProperty("symbol")} at {signal.GetProperty("price")}, {signal.GetProperty("timestamp")}";
        }

        yield return $"because {decision.GetProperty("reason")}";
    }

    /// <summary>What to do where nothing was decided yet.</summary>
    /// <param name="replay">State of the replay.</param>
    public static string NothingYet(JsonElement replay) =>
        ReplayView.IsActive(replay)
            ? $"nothing was decided yet, and a replay is {ReplayView.State(replay)}: `./aitrader replay` shows how far it is"
            : "nothing was decided yet: `./aitrader replay start demo` gives it something to decide";

    /// <summary>The parts that add up to the score.</summary>
    public static Table Factors(JsonElement decision)
    {
        var flips = decision.TryGetProperty("flip", out var flip)
            ? flip.EnumerateArray().ToDictionary(static row => row.GetProperty("factor").GetString()!, FlipText, StringComparer.Ordinal)
            : [];
        var table = PlainTable.With("factor", "weight", "value", "contribution", "would have flipped at", "note");
        foreach (var factor in decision.GetProperty("factors").EnumerateArray())
        {
            var name = factor.GetProperty("name").GetString()!;
            table.AddRow(
                new Text(name),
                new Text(factor.GetProperty("weight").ToString()),
                new Text(factor.GetProperty("value").ToString()),
                new Text(factor.GetProperty("contribution").ToString()),
                new Text(flips.GetValueOrDefault(name, string.Empty)),
                new Text(factor.GetProperty("note").ToString())
            );
        }

        return table;
    }

    /// <summary>What was different when it was made again.</summary>
    public static IEnumerable<string> Differences(JsonElement decision) =>
        !decision.TryGetProperty("same", out var same) ? []
        : same.GetBoolean() ? ["made again from its record: the same in every figure"]
        : decision.GetProperty("differences").EnumerateArray().Select(static difference => $"DIFFERENT {difference.GetString()}");

    private static string FlipText(JsonElement row) =>
        row.GetProperty("value_needed").ValueKind == JsonValueKind.Null
            ? string.Empty
            : $"{row.GetProperty("value_needed")} to {row.GetProperty("action")}";
}
