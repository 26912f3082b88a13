using System.Text.Json.Serialization;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Risk;

/// <summary>Limits and the base of losses, as they are stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, decimal>))]
[JsonSerializable(typeof(LossBase))]
internal sealed partial class RiskJson : JsonSerializerContext;
