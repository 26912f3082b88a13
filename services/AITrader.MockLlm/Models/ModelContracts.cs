using System.Text.Json.Serialization;

namespace AITrader.MockLlm.Models;

/// <summary>A model that the service offers.</summary>
public sealed record ModelResponse(string Id, [property: JsonPropertyName("object")] string Kind, long Created, string OwnedBy)
{
    // Some clients show the date; a fixed one keeps answers the same.
    private const long Since = 1735689600;

    /// <summary>Describes a model by its id.</summary>
    public static ModelResponse Of(string id) => new(id, "model", Since, "aitrader");
}

/// <summary>All models that the service offers.</summary>
public sealed record ModelListResponse([property: JsonPropertyName("object")] string Kind, IReadOnlyList<ModelResponse> Data);
