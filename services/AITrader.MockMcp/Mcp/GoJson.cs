using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Mcp;

/// <summary>JSON as Kite's MCP server has it: the same names, but times as its Go program writes them, RFC 3339, and an unknown time as the
/// year 1.</summary>
internal static class GoJson
{
    private const string KiteTime = "yyyy-MM-dd HH:mm:ss";
    private const string NoTime = "0001-01-01T00:00:00Z";

    public static string Of(object? data) =>
        JsonSerializer.SerializeToNode(data, KiteFormat.Json) is { } node ? Convert(null, node)!.ToJsonString() : "null";

    private static JsonNode? Convert(string? name, JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields.Select(static field => new KeyValuePair<string, JsonNode?>(field.Key, Convert(field.Key, field.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(static item => Convert(null, item))]),
            null => name is not null && IsTime(name) ? NoTime : null,
            _ => Text(node) is { } text && Parse(text) is { } time ? time : node.DeepClone(),
        };

    private static bool IsTime(string name) =>
        name.EndsWith("_timestamp", StringComparison.Ordinal) || name is "timestamp" or "last_trade_time";

    private static string? Text(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static string? Parse(string text) =>
        DateTime.TryParseExact(text, KiteTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "+05:30"
            : null;
}
