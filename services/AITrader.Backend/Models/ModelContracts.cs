using System.Text.Json;
using AITrader.Storage.Rows;

namespace AITrader.Backend.Models;

/// <summary>The models of the repository.</summary>
internal sealed record ModelList(IReadOnlyList<ModelResponse> Items);

/// <summary>A model with its versions, from the oldest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Task">forecast, patterns, sentiment or unknown.</param>
/// <param name="Summary">What the newest version is.</param>
/// <param name="Answering">The version that answers where none is asked for; null where none does.</param>
/// <param name="Versions">All that are on record; retired ones are gone from the repository.</param>
internal sealed record ModelResponse(
    string Name,
    string Task,
    string Summary,
    int? Answering,
    IReadOnlyList<ModelVersionResponse> Versions
);

/// <summary>A version.</summary>
internal sealed record ModelVersionResponse(
    int Version,
    string State,
    string Sha256,
    string DataVersion,
    string Code,
    int? Previous,
    DateTimeOffset CreatedAt,
    JsonElement Metrics
)
{
    public static ModelVersionResponse Of(ModelVersionRow row) =>
        new(
            row.Version,
            row.State,
            row.Sha256,
            row.DataVersion,
            row.Code,
            row.Previous,
            row.CreatedAt,
            JsonSerializer.Deserialize<JsonElement>(row.Metrics)
        );
}

/// <summary>What is to be trained, on prices that are stored.</summary>
/// <param name="Symbols">Instruments.</param>
/// <param name="From">First moment, included.</param>
/// <param name="To">End, not included.</param>
/// <param name="Recipe">How, by the names of the recipe; what it does not say is as usual.</param>
/// <param name="EverySeconds">Step of the prices of a forecast in seconds; each trade where it is left out.</param>
/// <param name="Run">Replay run that stored them; empty for what was recorded live; whichever has some where it is left out.</param>
/// <param name="Task">forecast, or patterns for a classifier of bars; forecast where it is left out.</param>
internal sealed record TrainingBody(
    IReadOnlyList<string> Symbols,
    DateTimeOffset From,
    DateTimeOffset To,
    JsonElement? Recipe = null,
    double? EverySeconds = null,
    string? Run = null,
    string? Task = null
);
