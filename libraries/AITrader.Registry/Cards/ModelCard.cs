using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Registry.Cards;

/// <summary>What is known of a version of a model: the file <c>card.json</c> beside its <c>model.onnx</c>.</summary>
/// <remarks>Settable, not init: generated deserialisers forget the defaults of init members.</remarks>
public sealed record ModelCard
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; set; }

    /// <summary>Version, from 1.</summary>
    public required int Version { get; set; }

    /// <summary>What it does: forecast, patterns or sentiment.</summary>
    public required string Task { get; set; }

    /// <summary>What it is, in one sentence.</summary>
    public required string Summary { get; set; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; set; }

    /// <summary>Version of the code that trained it.</summary>
    public required string Code { get; set; }

    /// <summary>The command that trains it again.</summary>
    public required string Command { get; set; }

    /// <summary>SHA-256 of <c>model.onnx</c>, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; set; }

    /// <summary>What it was trained with.</summary>
    public required CardData Data { get; set; }

    /// <summary>How it was trained, by the names of the recipe.</summary>
    public required JsonElement Recipe { get; set; }

    /// <summary>How good it is on what it has not seen, by name.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; set; }

    /// <summary>Whether it may go live.</summary>
    public required CardVerdict Verdict { get; set; }

    /// <summary>How good the recipe is, trained again and again forward in time; null where it was not tried.</summary>
    public CardWalk? Walk { get; set; }

    /// <summary>The version that was the newest when this one was trained; null for the first.</summary>
    public int? Previous { get; set; }

    /// <summary>The job that trained it; null where none did.</summary>
    public Guid? Job { get; set; }

    /// <summary>What it is not good for.</summary>
    public IReadOnlyList<string> Limits { get; set; } = [];
}

/// <summary>What a model was trained with.</summary>
/// <param name="Version">SHA-256 of prices or texts and of how they became examples.</param>
/// <param name="Sources">Files or stored ranges.</param>
/// <param name="Parts">Series or classes, with how much of each there was.</param>
/// <param name="Examples">Examples by part: training, validation, test.</param>
/// <param name="Licence">Licence and origin; null where they are the user's own.</param>
public sealed record CardData(
    string Version,
    IReadOnlyList<string> Sources,
    IReadOnlyList<CardPart> Parts,
    IReadOnlyDictionary<string, int> Examples,
    string? Licence
);

/// <summary>A part of the data.</summary>
/// <param name="Name">Symbol or class.</param>
/// <param name="Count">Prices or texts.</param>
/// <param name="From">Event time of the first; null where they have none.</param>
/// <param name="To">Event time of the last.</param>
public sealed record CardPart(string Name, int Count, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>Trainings of a recipe forward in time: each is judged by prices that are newer than all that it saw.</summary>
/// <param name="Folds">Each, in order of time.</param>
/// <param name="Overall">All of them together.</param>
public sealed record CardWalk(IReadOnlyList<CardFold> Folds, CardFold Overall);

/// <summary>One training of them, or all of them together.</summary>
/// <param name="From">First event time that it was judged by.</param>
/// <param name="To">Last one.</param>
/// <param name="Training">Examples that it learned from; null of all together.</param>
/// <param name="Test">Examples that it was judged by.</param>
/// <param name="ErrorBps">Error of the last price of the horizon, in basis points.</param>
/// <param name="PersistenceErrorBps">The same of the last price that was known.</param>
/// <param name="DirectionHits">Share of the moves whose direction was right; null where nothing moved.</param>
/// <param name="PByChance">Probability of such a result if it were no better than persistence (Diebold-Mariano); null if untested.</param>
public sealed record CardFold(
    DateTimeOffset From,
    DateTimeOffset To,
    int? Training,
    int Test,
    double ErrorBps,
    double PersistenceErrorBps,
    double? DirectionHits,
    double? PByChance
);

/// <summary>Whether a version may go live.</summary>
/// <param name="GoesLive">Whether it beat the baseline on what it has not seen, and not by chance.</param>
/// <param name="Reason">By how much, or why not.</param>
public sealed record CardVerdict(bool GoesLive, string Reason);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ModelCard))]
internal sealed partial class CardJson : JsonSerializerContext;
