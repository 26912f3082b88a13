using System.Text.Json;

namespace AITrader.MockMcp.Shapes;

/// <summary>Kite's JSON: snake case, nulls as null keys.</summary>
internal static class KiteFormat
{
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.General) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
