using System.Text.Json.Serialization;

namespace AITrader.MockLlm.Models;

/// <summary>A model that can be asked.</summary>
public sealed record ModelResponse(string Id, [property: JsonPropertyName("object")] string Kind, long Created, string OwnedBy)
{
    // Some clients show the date; a fixed one keeps answers the same.
    private const long Since = 1735689600;

    /// <summary>The entry of a model.</summary>
    public static ModelResponse Of(string id) => new(id, "model", Since, "aitrader");
}

/// <summary>All models.</summary>
public sealed record ModelListResponse([property: JsonPropertyName("object")] string Kind, IReadOnlyList<ModelResponse> Data);
