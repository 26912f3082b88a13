using System.Text.Json;

namespace AITrader.MockLlm.Completions;

/// <summary>Reads JSON members that may be missing or of another type.</summary>
internal static class JsonReading
{
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null
            ? child
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.Child(name)?.ValueKind == JsonValueKind.True;

    public static long? Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt64(out var number) ? number : null;
}
