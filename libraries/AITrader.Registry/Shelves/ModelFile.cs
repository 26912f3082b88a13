using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.Registry.Shelves;

/// <summary>The file <c>model.json</c> of a model. What this does not know of it stays as it is.</summary>
internal sealed class ModelFile(string path)
{
    private const string LabelsMember = "labels";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    public IReadOnlyDictionary<string, int> Labels()
    {
        try
        {
            return Read()?[LabelsMember]?.AsObject().ToDictionary(static label => label.Key, static label => (int)label.Value!) ?? [];
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new InvalidDataException($"{path}: labels are numbers of versions by name", problem);
        }
    }

    public void SetLabel(string label, int version)
    {
        var file = Read() ?? [];
        if (file[LabelsMember] is not JsonObject labels)
        {
            file[LabelsMember] = labels = [];
        }

        labels[label] = version;
        Write(file);
    }

    public void WriteIfMissing(ModelKind kind, int version)
    {
        if (!File.Exists(path))
        {
            Write(
                new JsonObject
                {
                    ["description"] = kind.Description,
                    ["inputs"] = Texts(kind.Inputs),
                    ["outputs"] = Texts(kind.Outputs),
                    ["version_policy"] = new JsonObject { ["all"] = true },
                    [LabelsMember] = new JsonObject { ["stable"] = version },
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
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(static pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    private JsonObject? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path), documentOptions: Reading) as JsonObject
                ?? throw new InvalidDataException($"{path} is no JSON object");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is not valid: {problem.Message}", problem);
        }
    }

    // A runner that reads meanwhile sees the old file or the new one.
    private void Write(JsonObject file)
    {
        var fresh = $"{path}.new";
        File.WriteAllText(fresh, file.ToJsonString(Layout) + "\n");
        File.Move(fresh, path, overwrite: true);
    }
}
