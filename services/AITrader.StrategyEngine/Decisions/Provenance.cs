using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Domain.Signals;
using AITrader.StrategyEngine.Advising;
using AITrader.StrategyEngine.Broker;
using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Sentiment;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>Inputs of a decision, as stored with it.</summary>
internal sealed record Provenance
{
    public required ForecastTrace Forecast { get; init; }

    /// <summary>What a classifier said of the last bars; null where the signal has no class.</summary>
    public PatternReading? PatternClass { get; init; }

    /// <summary>State of the sentiment: present with its reading, or absent with the reason.</summary>
    public required SentimentTrace Sentiment { get; init; }

    /// <summary>SHA-256 of the signal's features, the first 16 hex digits.</summary>
    public required string FeatureHash { get; init; }

    /// <summary>The tick up to which the market was known.</summary>
    public required WatermarkTrace DataWatermark { get; init; }

    /// <summary>The threshold that held.</summary>
    public required decimal Threshold { get; init; }

    public required RulesTrace Rules { get; init; }

    /// <summary>Winner of the race of the runners; null where there was none.</summary>
    public RaceTrace? Race { get; init; }

    public required PositionTrace Position { get; init; }

    /// <summary>What a language model was asked and said; null where none was asked.</summary>
    public AdviceTrace? Advice { get; init; }

    /// <summary>The account at the broker; null where it does not concern the signal.</summary>
    public BrokerTrace? Broker { get; init; }

    /// <summary>Input and rules in full: the decision can be made again from them.</summary>
    public JsonElement? Basis { get; init; }

    /// <summary>The order asked for; null when holding.</summary>
    public OrderTrace? Order { get; init; }

    /// <summary>Flags that were not at their defaults; null where all were.</summary>
    public IReadOnlyDictionary<string, bool>? Flags { get; init; }

    /// <summary>Changes that would have led to another action.</summary>
    public required IReadOnlyList<FlipTrace> Flip { get; init; }
}

internal sealed record WatermarkTrace(string TickId, long Seq, string Run);

internal sealed record RaceTrace(string Winner, IReadOnlyDictionary<string, double> LatencyMs)
{
    public static RaceTrace? Of(ForecastTrace forecast) =>
        forecast.Winner is not { } winner
            ? null
            : new RaceTrace(
                winner.Runner,
                new[] { winner, forecast.Loser }.OfType<LegTrace>().ToDictionary(static leg => leg.Runner, static leg => leg.LatencyMs)
            );
}

internal sealed record RulesTrace(double CoolDownSeconds, decimal OrderNotional, decimal MaxPositionNotional);

/// <summary>What was held when deciding.</summary>
internal sealed record PositionTrace(decimal Exposure, DateTimeOffset? LastOrderAt);

internal sealed record OrderTrace(string Side, string Type, string Tif, decimal Qty, decimal? Price);

internal sealed record FlipTrace(string Factor, decimal ValueNeeded, string Action);

internal sealed record FactorTrace(string Name, decimal Weight, decimal Value, decimal Contribution, string Note);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Provenance))]
[JsonSerializable(typeof(IReadOnlyList<FactorTrace>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DecisionJson : JsonSerializerContext;
