using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Storage.Registry;

/// <summary>What is to be trained: the payload of a training job.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Recipe">How, by the names of the recipe; null for what is usual.</param>
/// <param name="Symbols">Instruments whose stored prices it is trained with.</param>
/// <param name="From">First moment, included.</param>
/// <param name="To">End, not included.</param>
/// <param name="Every">Step of the prices of a forecast; null for each trade.</param>
/// <param name="Run">Replay run that stored them; empty for what was recorded live; null for whichever has some.</param>
/// <param name="Task">forecast, or patterns; null for forecast.</param>
public sealed record TrainingRequest(
    string Model,
    JsonElement? Recipe,
    IReadOnlyList<string> Symbols,
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan? Every = null,
    string? Run = null,
    string? Task = null
)
{
    /// <summary>Type of the job that trains it.</summary>
    public const string JobType = "training";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As a job's payload.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>From a job's payload.</summary>
    /// <exception cref="JsonException">It is no request.</exception>
    public static TrainingRequest FromJson(string payload) =>
        JsonSerializer.Deserialize<TrainingRequest>(payload, Json) ?? throw new JsonException("the payload is null");
}
