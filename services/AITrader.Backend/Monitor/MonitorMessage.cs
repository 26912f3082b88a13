using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>A message on its way to clients.</summary>
/// <param name="Bytes">Its JSON.</param>
/// <param name="Key">What a later message replaces while this one waits; null for those that all arrive.</param>
internal sealed record MonitorMessage(ReadOnlyMemory<byte> Bytes, string? Key);

/// <summary>Writes messages as the REST API writes their parts, and finds out what may be replaced.</summary>
internal sealed class MonitorJson(IOptions<JsonOptions> json)
{
    public const string Tick = "tick";
    public const string Book = "book";
    public const string Positions = "positions";
    public const string Account = "account";
    public const string Replay = "replay";

    /// <summary>{"type":…,"data":…}.</summary>
    public string Write<T>(string type, T data) => JsonSerializer.Serialize(new Envelope<T>(type, data), json.Value.SerializerOptions);

    /// <summary>The message of a text from the channel; null where it is none of ours.</summary>
    public static MonitorMessage? Read(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var type = document.RootElement.GetProperty("type").GetString();
            return new MonitorMessage(bytes, KeyOf(type, document.RootElement));
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    // Live and replays go on at once: a reading of one replaces none of the other.
    private static string? KeyOf(string? type, JsonElement message) =>
        type switch
        {
            Tick => $"{type}:{Text(message.GetProperty("data"), "run")}:{SymbolOf(message)}",
            Book => $"{type}:{Text(message, "lane")}:{SymbolOf(message)}",
            Positions or Account or Replay => type,
            _ => null,
        };

    private static string? SymbolOf(JsonElement message) => message.GetProperty("data").GetProperty("symbol").GetString();

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Envelope<T>(string Type, T Data);
}
