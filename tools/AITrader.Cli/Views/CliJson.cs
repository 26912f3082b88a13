using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Cli.Machine;
using AITrader.Cli.Settings;
using AITrader.Cli.Status;
using AITrader.Trading.Statistics;

namespace AITrader.Cli.Views;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<EffectiveSetting>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PerformanceSummary))]
internal sealed partial class CliJson : JsonSerializerContext;
