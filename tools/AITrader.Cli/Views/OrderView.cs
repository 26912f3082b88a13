using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints orders as text.</summary>
internal static class OrderView
{
    private static readonly string[] Columns = ["id", "side", "qty", "symbol", "type", "price", "status", "filled_qty", "origin", "reason"];

    public static Table Table(JsonElement page)
    {
        var table = PlainTable.With([.. Columns, "run"]);
        foreach (var order in page.GetProperty("items").EnumerateArray())
        {
            table.AddRow([.. Columns.Select(name => new Text(order.GetProperty(name).ToString())), new Text(RunView.NameOf(order))]);
        }

        return table;
    }

    /// <summary>An order with its events.</summary>
    public static IEnumerable<string> Lines(JsonElement order)
    {
        yield return $"order {order.GetProperty("id")}: {order.GetProperty("side")} {order.GetProperty("qty")} {order.GetProperty("symbol")} {order.GetProperty("type")} of run {RunView.NameOf(order)}";
        foreach (var step in order.GetProperty("events").EnumerateArray())
        {
            yield return $"  {step.GetProperty("timestamp")} {step.GetProperty("status")} {step.GetProperty("reason")}".TrimEnd();
        }
    }

    /// <summary>Whether it was denied because its market shows no price.</summary>
    public static bool HasNoPrice(JsonElement order) =>
        IsRefused(order) && order.GetProperty("reason").GetString()?.StartsWith("NO_PRICE ", StringComparison.Ordinal) == true;

    /// <summary>Whether nothing came of it.</summary>
    public static bool IsRefused(JsonElement order) => order.GetProperty("status").GetString() is "DENIED" or "REJECTED";
}
