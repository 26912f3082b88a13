using System.Globalization;
using System.Text.Json;

namespace AITrader.Cli.Views;

/// <summary>Prints hosted strategies as text.</summary>
internal static class StrategiesView
{
    public static IEnumerable<string> Lines(JsonElement strategies)
    {
        var items = strategies.GetProperty("items");
        return items.GetArrayLength() == 0
            ? ["no strategy is hosted: name some in Services:strategy-engine:Strategies:Hosted of aitrader.json (docs/write-a-strategy.md)"]
            : items.EnumerateArray().SelectMany(LinesOf);
    }

    public static IEnumerable<string> LinesOf(JsonElement strategy)
    {
        yield return $"{Text(strategy, "name")} ({Text(strategy, "source")}): {Text(strategy, "state").Replace('_', ' ')}{RunOf(strategy)}";
        if (Text(strategy, "reason") is { Length: > 0 } reason)
        {
            yield return $"    {reason}";
        }

        if (Number(strategy, "equity") is not { } equity)
        {
            yield break;
        }

        var (capital, realised, fees) = (Number(strategy, "capital"), Number(strategy, "realised"), Number(strategy, "fees"));
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"    equity {equity:0.00} of {capital:0.00}, realised {realised:0.00}, fees {fees:0.00}; {strategy.GetProperty("orders")} orders, {strategy.GetProperty("working")} working"
        );
        foreach (var position in strategy.GetProperty("positions").EnumerateArray())
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"    {Text(position, "symbol")} {Number(position, "quantity"):0.########} at {Number(position, "average_price"):0.########}"
            );
        }
    }

    private static string RunOf(JsonElement strategy) =>
        strategy.GetProperty("run").ValueKind == JsonValueKind.Null ? string.Empty
        : Text(strategy, "run") is { Length: > 0 } run ? $", in {run} at {Text(strategy, "event_time")}"
        : $", live at {Text(strategy, "event_time")}";

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static decimal? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
