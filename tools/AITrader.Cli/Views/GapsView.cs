using System.Globalization;
using System.Text.Json;

namespace AITrader.Cli.Views;

/// <summary>Prints missing ticks as text.</summary>
internal static class GapsView
{
    public static IEnumerable<string> Lines(JsonElement gaps)
    {
        if (gaps.GetProperty("run").ValueKind == JsonValueKind.Null)
        {
            yield return "no ticks are stored in this range";
            yield break;
        }

        yield return $"{(Text(gaps, "run") is { Length: > 0 } run ? $"run {run}" : "live recording")}; pauses above {gaps.GetProperty("threshold_seconds")} s";
        foreach (var line in gaps.GetProperty("days").EnumerateArray().SelectMany(DayLines))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> DayLines(JsonElement day)
    {
        var holes =
            day.GetProperty("sequence_gaps").ValueKind == JsonValueKind.Null
                ? "not numbered"
                : $"{day.GetProperty("sequence_gaps")} holes with {day.GetProperty("missing_ticks")} missing";
        yield return $"{Text(day, "day")}: {day.GetProperty("ticks")} ticks, sequence: {holes}";
        foreach (var hole in day.GetProperty("sequence").EnumerateArray())
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"    {hole.GetProperty("after").GetInt64() + 1} to {hole.GetProperty("next").GetInt64() - 1} missing, between {Text(hole, "from")} and {Text(hole, "to")}"
            );
        }

        foreach (var line in day.GetProperty("symbols").EnumerateArray().SelectMany(SymbolLines))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> SymbolLines(JsonElement symbol)
    {
        yield return $"  {Text(symbol, "symbol"), -16} {symbol.GetProperty("ticks").GetInt64(), 9} ticks, {Text(symbol, "first") ?? "-"} to {Text(symbol, "last") ?? "-"}, {symbol.GetProperty("time_gaps")} pauses, {symbol.GetProperty("duplicates")} duplicates, {symbol.GetProperty("out_of_order")} out of order, {symbol.GetProperty("out_of_session")} out of session";
        foreach (var session in symbol.GetProperty("missing_sessions").EnumerateArray())
        {
            yield return $"    no tick of the session {Text(session, "from")} to {Text(session, "to")}";
        }

        foreach (var gap in symbol.GetProperty("longest_gaps").EnumerateArray())
        {
            var (from, to) = (gap.GetProperty("from").GetDateTimeOffset(), gap.GetProperty("to").GetDateTimeOffset());
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"    {(to - from).TotalSeconds:0.000} s without a tick, {Text(gap, "from")} to {Text(gap, "to")}"
            );
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;
}
