using System.Text.Json;
using System.Text.Json.Nodes;

namespace AITrader.Registry.Shelves;

/// <summary>A JSON object on disk of which this library knows only a part: the rest stays as it is.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads it; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is no JSON object.</exception>
    public static JsonObject? Read(string path)
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

    /// <summary>Writes it: who reads meanwhile sees the old file or the new one.</summary>
    public static void Write(string path, JsonObject content)
    {
        var fresh = $"{path}.new";
        File.WriteAllText(fresh, content.ToJsonString(Layout) + "\n");
        File.Move(fresh, path, overwrite: true);
    }
}
