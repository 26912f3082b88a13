using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Learning.Publishing;

namespace AITrader.Training;

/// <summary>What is trained: the JSON document whose path this program is given. <c>./aitrader train</c> writes it.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
internal sealed record TrainingOrder
{
    /// <summary>What it is to do: forecast, patterns or sentiment.</summary>
    public string Task { get; set; } = ForecasterPublisher.Task;

    /// <summary>Name of the model in the repository.</summary>
    public required string Model { get; set; }

    /// <summary>How it is trained; a member that is not there is as usual.</summary>
    public JsonElement Recipe { get; set; }

    /// <summary>Files of ticks or bars, or folders of them; for sentiment one CSV file of texts with labels.</summary>
    public required IReadOnlyList<string> Files { get; set; }

    /// <summary>Where the files came from, for the card.</summary>
    public required IReadOnlyList<string> Sources { get; set; }

    /// <summary>Symbols to train with; all of the files where it is empty.</summary>
    public IReadOnlyList<string> Symbols { get; set; } = [];

    /// <summary>First moment, included.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>End, not included.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>Step of the prices; null for each trade, and for each bar of bars.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>Folder of the model repository.</summary>
    public required string Repository { get; set; }

    /// <summary>Folder for checkpoints; null to keep none.</summary>
    public string? Checkpoints { get; set; }

    /// <summary>Trainings forward in time that the recipe is judged by beside the one that is kept; null for none.</summary>
    public int? WalkForward { get; set; }

    /// <summary>Processors that training may take.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>What the card names as the way to train it again.</summary>
    public required string Command { get; set; }

    /// <summary>Licence and origin of the data, for the card.</summary>
    public string? Licence { get; set; }
}

/// <summary>What this program says, a JSON line each: how far it is, and in the end the card or what was wrong.</summary>
/// <param name="Stage">reading, training, a fold of a walk forward, or publishing.</param>
/// <param name="Done">Of the stage.</param>
/// <param name="Total">Of the stage; 0 where it is not known.</param>
/// <param name="Loss">Loss of the last steps.</param>
/// <param name="Best">Best loss on the part to choose by.</param>
/// <param name="Card">Path of the card of what was trained.</param>
/// <param name="Error">What was wrong.</param>
internal sealed record TrainingLine(
    string Stage,
    long Done = 0,
    long Total = 0,
    double? Loss = null,
    double? Best = null,
    string? Card = null,
    string? Error = null
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(TrainingOrder))]
[JsonSerializable(typeof(TrainingLine))]
internal sealed partial class TrainingJson : JsonSerializerContext;
