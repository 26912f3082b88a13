using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.Advice.Answers;

/// <summary>The schema that a model is asked to answer in. What comes back is checked too: not every endpoint holds to it.</summary>
internal static class AnswerSchema
{
    public const string Name = "advice";
    public const string Advice = "advice";
    public const string Confidence = "confidence";
    public const string Suggestion = "suggestion";
    public const string Citations = "citations";
    public const int MaxSuggestion = 500;

    public static JsonElement For(int passages)
    {
        var properties = new JsonObject
        {
            [Advice] = Number(-1),
            [Confidence] = Number(0),
            [Suggestion] = new JsonObject { ["type"] = "string" },
        };
        if (passages > 0)
        {
            var numbers = new JsonArray([.. Enumerable.Range(1, passages).Select(static number => (JsonNode)number)]);
            properties[Citations] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "integer", ["enum"] = numbers },
            };
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. properties.Select(static property => (JsonNode)property.Key)]),
            ["additionalProperties"] = false,
        };
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static JsonObject Number(int minimum) =>
        new()
        {
            ["type"] = "number",
            ["minimum"] = minimum,
            ["maximum"] = 1,
        };
}
