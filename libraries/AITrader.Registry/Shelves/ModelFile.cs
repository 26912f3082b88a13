using System.Text.Json.Nodes;

namespace AITrader.Registry.Shelves;

/// <summary>The file <c>model.json</c> of a model.</summary>
internal static class ModelFile
{
    /// <summary>Describes a model whose first version came just now; a description that is there stays.</summary>
    public static void WriteIfMissing(string path, ModelKind kind, int version)
    {
        if (File.Exists(path))
        {
            return;
        }

        JsonFile.Write(
            path,
            new JsonObject
            {
                ["description"] = kind.Description,
                ["inputs"] = Texts(kind.Inputs),
                ["outputs"] = Texts(kind.Outputs),
                ["version_policy"] = new JsonObject { ["all"] = true },
                ["labels"] = new JsonObject { ["stable"] = version },
                ["warm_up"] = new JsonObject(
                    kind.WarmUp.Select(static input =>
                        KeyValuePair.Create<string, JsonNode?>(
                            input.Key,
                            new JsonArray([.. input.Value.Select(static size => (JsonNode)size)])
                        )
                    )
                ),
            }
        );
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(static pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
}
