using System.Text.Json;

namespace AITrader.Storage.Registry;

/// <summary>Which version of a model is to answer: the payload of a promotion job.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">The version.</param>
/// <param name="Anyway">Whether it is to answer even if its card does not say that it is better than its baseline.</param>
public sealed record PromotionRequest(string Model, int Version, bool Anyway = false)
{
    /// <summary>Type of the job that promotes it.</summary>
    public const string JobType = "promotion";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>As a job's payload.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From a job's payload.</summary>
    /// <exception cref="JsonException">It is no request.</exception>
    public static PromotionRequest FromJson(string payload) =>
        JsonSerializer.Deserialize<PromotionRequest>(payload, Json) ?? throw new JsonException("the payload is null");
}
