using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Venues.Kite.Rest;

/// <summary>Kite's envelope.</summary>
internal sealed record KiteAnswer
{
    public string? Status { get; init; }

    public string? Message { get; init; }

    public string? ErrorType { get; init; }

    public JsonElement Data { get; init; }
}

/// <summary>Candles as Kite has them: a list of lists.</summary>
internal sealed record KiteCandlesAnswer
{
    public required IReadOnlyList<JsonElement> Candles { get; init; }
}

/// <summary>Kite's JSON: snake case, numbers as numbers; unknown members are ignored, as Kite adds some now and then.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KiteAnswer))]
[JsonSerializable(typeof(KiteSession))]
[JsonSerializable(typeof(KiteProfile))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(KiteLastPrice))]
[JsonSerializable(typeof(KiteQuote))]
[JsonSerializable(typeof(KiteCandlesAnswer))]
internal sealed partial class KiteJson : JsonSerializerContext;
