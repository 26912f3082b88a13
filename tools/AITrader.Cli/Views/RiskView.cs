using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints limits and kill switches as text.</summary>
internal static class RiskView
{
    public static IEnumerable<string> Lines(JsonElement risk)
    {
        var reason = risk.GetProperty("halt_reason").GetString();
        yield return $"trading {risk.GetProperty("trading_state").GetString()}{(reason is { Length: > 0 } ? $": {reason}" : string.Empty)}";
        foreach (var kill in risk.GetProperty("switched_off").EnumerateArray())
        {
            yield return $"off: {kill.GetProperty("strategy").GetString() ?? "the account"} since {kill.GetProperty("at").GetString()}: {kill.GetProperty("reason").GetString()}";
        }

        foreach (var proposal in risk.GetProperty("proposals").EnumerateArray())
        {
            yield return $"waits for `risk confirm {proposal.GetProperty("id").GetString()}` until {proposal.GetProperty("expires_at").GetString()}: {ScopeOf(proposal)} raises {string.Join(", ", proposal.GetProperty("raised").EnumerateArray())}";
        }
    }

    /// <summary>The limits beyond the settings'.</summary>
    public static Table Limits(JsonElement risk)
    {
        var table = PlainTable.With("scope", "limit", "value");
        foreach (var row in risk.GetProperty("limits").EnumerateArray())
        {
            foreach (var limit in row.GetProperty("limits").EnumerateObject())
            {
                table.AddRow(new Text(ScopeOf(row)), new Text(limit.Name), new Text(limit.Value.ToString()));
            }
        }

        return table;
    }

    /// <summary>What became of a change.</summary>
    public static IEnumerable<string> ChangeLines(JsonElement answer)
    {
        var limits = string.Join(' ', answer.GetProperty("limits").EnumerateObject().Select(static limit => $"{limit.Name}={limit.Value}"));
        yield return answer.TryGetProperty("raised", out var raised)
            ? $"not yet: this raises {string.Join(", ", raised.EnumerateArray())}. Confirm it within ten minutes: ./aitrader risk confirm {answer.GetProperty("id").GetString()}"
            : $"{ScopeOf(answer)}: {(limits.Length > 0 ? limits : "no limits")}";
    }

    /// <summary>Where the gateway has a scope.</summary>
    public static string PathOf(JsonElement row) =>
        row.GetProperty("name").GetString() is { Length: > 0 } name
            ? $"{row.GetProperty("scope").GetString()}/{Uri.EscapeDataString(name)}"
            : row.GetProperty("scope").GetString()!;

    private static string ScopeOf(JsonElement row) =>
        row.GetProperty("name").GetString() is { Length: > 0 } name
            ? $"{row.GetProperty("scope").GetString()}:{name}"
            : row.GetProperty("scope").GetString()!;
}
