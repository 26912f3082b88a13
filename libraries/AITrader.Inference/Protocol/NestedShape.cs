using System.Text.Json;

namespace AITrader.Inference.Protocol;

/// <summary>Reads the shape off nested JSON arrays, for callers that do not say it.</summary>
internal static class NestedShape
{
    /// <summary>The sizes along the first element of each level; whether all rows agree is for the parser to see.</summary>
    public static long[] Of(JsonElement data)
    {
        var shape = new List<long>();
        for (var level = data; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
            if (level.GetArrayLength() == 0)
            {
                break;
            }
        }

        return [.. shape];
    }
}
