using System.Globalization;
using System.Text.Json;

namespace AITrader.Cli.Views;

/// <summary>Prints the state of a replay as text.</summary>
internal static class ReplayView
{
    private static readonly string[] ActiveStates = ["loading", "running", "paused", "stopping"];

    public static bool IsActive(JsonElement replay) => ActiveStates.Contains(State(replay));

    public static string State(JsonElement replay) => replay.GetProperty("state").GetString() ?? string.Empty;

    public static double Progress(JsonElement replay) => Number(replay, "progress") ?? 0;

    /// <summary>The parts of the line that tells the state.</summary>
    public static IEnumerable<string> Words(JsonElement replay)
    {
        if (State(replay) == "idle")
        {
            yield return "no replay";
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"{State(replay)} {100 * Progress(replay):0.0} %");
        yield return Text(replay, "total") is { } total and not "0"
            ? $"{Text(replay, "published")} of {total} ticks"
            : $"{Text(replay, "published")} ticks";
        yield return Text(replay, "event_time") ?? "no tick yet";
        yield return Speed(replay) + (IsTrue(replay, "loop") ? $", round {Text(replay, "round")}" : string.Empty);
        if (Number(replay, "eta_seconds") is { } left)
        {
            yield return $"{Duration(left)} left";
        }

        if (replay.TryGetProperty("lateness_ms", out var late) && late.ValueKind == JsonValueKind.Object)
        {
            yield return $"late p50 {late.GetProperty("p50")} ms p99 {late.GetProperty("p99")} ms max {late.GetProperty("max")} ms mean {late.GetProperty("mean")} ms, drift {late.GetProperty("drift")} ms";
        }
    }

    /// <summary>All lines on a replay.</summary>
    public static IEnumerable<string> Lines(JsonElement replay)
    {
        yield return string.Join(", ", Words(replay));
        if (Text(replay, "run") is { Length: > 0 } run)
        {
            yield return $"  run {run} of {Text(replay, "source")}";
        }

        if (Text(replay, "from") is { Length: > 0 } from)
        {
            yield return $"  content from {from} to {Text(replay, "to")}";
        }

        if (replay.TryGetProperty("watermarks", out var marks) && marks.ValueKind == JsonValueKind.Object && marks.EnumerateObject().Any())
        {
            yield return $"  {string.Join(", ", marks.EnumerateObject().Select(static mark => $"{mark.Name} {mark.Value}"))}";
        }

        if (Text(replay, "error") is { Length: > 0 } error)
        {
            yield return $"  {error}";
        }
    }

    private static string Speed(JsonElement replay) =>
        Text(replay, "speed") switch
        {
            "max" => "full speed",
            { Length: > 0 } factor => $"{factor}x",
            _ => "speed unknown",
        };

    internal static string Duration(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return span.TotalMinutes < 1 ? $"{span.Seconds} s"
            : span.TotalHours < 1 ? $"{span.Minutes} min {span.Seconds} s"
            : $"{(int)span.TotalHours} h {span.Minutes} min";
    }

    private static bool IsTrue(JsonElement replay, string name) =>
        replay.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static double? Number(JsonElement replay, string name) =>
        replay.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement replay, string name) =>
        replay.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
