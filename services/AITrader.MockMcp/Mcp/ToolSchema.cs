using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.MockMcp.Mcp;

/// <summary>The arguments of a tool.</summary>
internal sealed class ToolSchema
{
    private readonly JsonObject _properties = [];
    private readonly List<string> _required = [];

    public IReadOnlyList<string> Required => _required;

    public static ToolSchema None => new();

    public ToolSchema Text(string name, string description, params string[] values) => Add(name, "string", description, values);

    public ToolSchema Number(string name, string description) => Add(name, "number", description, []);

    public ToolSchema Flag(string name, string description)
    {
        Add(name, "boolean", description, []);
        _properties[name]!["default"] = false;
        return this;
    }

    public ToolSchema Texts(string name, string description)
    {
        Add(name, "array", description, []);
        _properties[name]!["items"] = new JsonObject { ["type"] = "string" };
        return this;
    }

    /// <summary>Makes the last argument a required one.</summary>
    public ToolSchema MustBe()
    {
        _required.Add(_properties.Last().Key);
        return this;
    }

    /// <summary>Gives the last argument a further rule, such as its default or minimum.</summary>
    public ToolSchema With(string keyword, JsonNode value)
    {
        _properties.Last().Value![keyword] = value;
        return this;
    }

    public JsonElement ToJson() =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = _properties.DeepClone(),
                ["required"] = new JsonArray([.. _required.Select(static name => (JsonNode)name)]),
            }
        );

    private ToolSchema Add(string name, string type, string description, string[] values)
    {
        var property = new JsonObject { ["type"] = type, ["description"] = description };
        if (values.Length > 0)
        {
            property["enum"] = new JsonArray([.. values.Select(static value => (JsonNode)value)]);
        }

        _properties[name] = property;
        return this;
    }
}
