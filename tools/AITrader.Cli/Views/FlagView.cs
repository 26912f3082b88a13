using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints flags as text.</summary>
internal static class FlagView
{
    public static Table Table(JsonElement flags)
    {
        var table = PlainTable.With("flag", "state", "default", "what it does");
        foreach (var flag in flags.GetProperty("items").EnumerateArray())
        {
            table.AddRow(
                new Text(flag.GetProperty("name").GetString()!),
                new Text(StateOf(flag, "enabled")),
                new Text(StateOf(flag, "default")),
                new Text(flag.GetProperty("description").GetString()!)
            );
        }

        return table;
    }

    public static string Line(JsonElement flag) => $"{flag.GetProperty("name").GetString()} is {StateOf(flag, "enabled")}";

    private static string StateOf(JsonElement flag, string field) => flag.GetProperty(field).GetBoolean() ? "on" : "off";
}
