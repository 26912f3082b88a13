using System.Text.Json;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Prints splits and dividends as text.</summary>
internal static class AdjustmentView
{
    public static Table Table(JsonElement adjustments)
    {
        var table = PlainTable.With("ex-date", "symbol", "what", "state", "held", "cash", "reason");
        foreach (var one in adjustments.GetProperty("items").EnumerateArray())
        {
            table.AddRow(
                new Text(TextOf(one, "ex_date")),
                new Text(TextOf(one, "symbol")),
                new Text(TermsOf(one)),
                new Text(TextOf(one, "state")),
                new Text(IsBooked(one) ? HeldOf(one) : string.Empty),
                new Text(IsBooked(one) ? TextOf(one, "amount") : string.Empty),
                new Text(TextOf(one, "reason"))
            );
        }

        return table;
    }

    public static string Line(JsonElement one) =>
        IsBooked(one)
            ? $"{TermsOf(one)} of {TextOf(one, "symbol")} is booked: held {HeldOf(one)}, cash {TextOf(one, "amount")}"
            : $"{TermsOf(one)} of {TextOf(one, "symbol")} is {TextOf(one, "state")}: {TextOf(one, "reason")}";

    public static bool IsBooked(JsonElement one) => TextOf(one, "state") == "BOOKED";

    public static bool IsWaiting(JsonElement one) => TextOf(one, "state") == "REQUESTED";

    private static string HeldOf(JsonElement one) => $"{TextOf(one, "qty_before")} to {TextOf(one, "qty_after")}";

    private static string TermsOf(JsonElement one) =>
        TextOf(one, "kind") == "split"
            ? $"split {TextOf(one, "new_units")}:{TextOf(one, "old_units")}"
            : $"dividend {TextOf(one, "per_unit")}";

    private static string TextOf(JsonElement one, string field) => one.GetProperty(field).ToString();
}
