using System.Globalization;
using System.Text.Json;

namespace AITrader.MockMcp.Mcp;

/// <summary>The arguments of a call, read as loosely as Kite's MCP server reads them: what has another type is replaced by its
/// default.</summary>
internal sealed class ToolArguments(IDictionary<string, JsonElement>? arguments)
{
    /// <summary>What is wrong with the required ones; null for nothing.</summary>
    public string? Missing(IEnumerable<string> required) =>
        required
            .Select(name =>
                Find(name) switch
                {
                    null => $"parameter '{name}': is required",
                    { ValueKind: JsonValueKind.String } text when text.GetString()!.Length == 0 => $"parameter '{name}': cannot be empty",
                    { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 0 => $"parameter '{name}': cannot be empty",
                    _ => null,
                }
            )
            .FirstOrDefault(static wrong => wrong is not null);

    public string Text(string name, string fallback = "") =>
        Find(name) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();

    public int Whole(string name, int fallback = 0) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value ? (int)value.GetDouble() : fallback;

    public decimal Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : 0;

    public bool Flag(string name) =>
        Find(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.String } text => text.GetString() is "true" or "True" or "TRUE" or "1" or "yes" or "on",
            _ => false,
        };

    public IReadOnlyList<string> Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(static item => item.ToString()).Where(static item => item.Length > 0)]
            : [];

    /// <summary>A number as a field of a form; null where it is zero, since the client under Kite's MCP server leaves zeros out.</summary>
    public static string? Field(decimal value) => value == 0 ? null : value.ToString(CultureInfo.InvariantCulture);

    private JsonElement? Find(string name) =>
        arguments is not null && arguments.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
