using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.MockLlm.Completions;

/// <summary>Creates a value that a JSON schema accepts. It supports the part of JSON Schema that structured answers use.</summary>
internal static class SchemaAnswer
{
    private const int MaxDepth = 8;
    private const int MaxItems = 2;

    public static JsonNode? Make(JsonElement schema, Draw draw) => Make(schema, draw, depth: 0);

    private static JsonNode? Make(JsonElement schema, Draw draw, int depth)
    {
        if (schema.Child("const") is { } constant)
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (schema.Child("enum") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0)
        {
            return JsonNode.Parse(choices[draw.Next(choices.GetArrayLength())].GetRawText());
        }

        return depth >= MaxDepth
            ? null
            : TypeOf(schema) switch
            {
                "object" => MakeObject(schema, draw, depth),
                "array" => MakeArray(schema, draw, depth),
                "integer" => JsonValue.Create((long)Math.Round(Within(schema, draw))),
                "number" => JsonValue.Create(Within(schema, draw)),
                "boolean" => JsonValue.Create(draw.Next(2) == 1),
                "null" => null,
                _ => JsonValue.Create($"mock text {draw.Next(1000)}"),
            };
    }

    // A list of types is a choice: the first type that is not null.
    private static string? TypeOf(JsonElement schema)
    {
        if (schema.Text("type") is { } type)
        {
            return type;
        }

        return schema.Child("type") is { ValueKind: JsonValueKind.Array } types
                ? types.EnumerateArray().Select(static item => item.GetString()).FirstOrDefault(static name => name != "null")
            : schema.Child("properties") is null ? null
            : "object";
    }

    private static JsonObject MakeObject(JsonElement schema, Draw draw, int depth)
    {
        var made = new JsonObject();
        if (schema.Child("properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            foreach (var property in properties.EnumerateObject())
            {
                made[property.Name] = Make(property.Value, draw, depth + 1);
            }
        }

        return made;
    }

    private static JsonArray MakeArray(JsonElement schema, Draw draw, int depth)
    {
        var least = (int)Math.Clamp(schema.Number("minItems") ?? 0, 0, MaxItems * MaxDepth);
        var count = Math.Max(least, 1 + draw.Next(MaxItems));
        return schema.Child("items") is { } items
            ? new JsonArray([.. Enumerable.Range(0, count).Select(_ => Make(items, draw, depth + 1))])
            : [];
    }

    private static double Within(JsonElement schema, Draw draw)
    {
        var low = Bound(schema, "minimum") ?? Math.Min(0, Bound(schema, "maximum") ?? 0);
        var high = Bound(schema, "maximum") ?? low + 1;
        return Math.Round(low + ((high - low) * draw.NextFraction()), 4);
    }

    private static double? Bound(JsonElement schema, string name) =>
        schema.Child(name) is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null;
}
