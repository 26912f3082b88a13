using System.Text.Json;

namespace AITrader.Inference.Protocol;

/// <summary>Derives the shape from nested JSON arrays, for requests that do not state it.</summary>
internal static class NestedShape
{
    /// <summary>Returns the sizes along the first element of each level; the parser checks whether all rows have these sizes.</summary>
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
