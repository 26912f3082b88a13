using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Storage.Runs;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>Writes down what the built-in rule decides by in a run: its numbers, its forecast model and the flags.</summary>
internal sealed class RuleRecord(RunRecords runs, IOptions<StrategyOptions> options)
{
    public Task WriteAsync(string run, FlagSet flags, CancellationToken ct)
    {
        var rule = new RuleSetup(options.Value.BuiltIn, options.Value.ForecastModel, options.Value.Rules, flags.Changed);
        return runs.DescribeAsync(run, "rule", JsonSerializer.Serialize(rule, RuleJson.Default.RuleSetup), ct);
    }
}

internal sealed record RuleSetup(bool BuiltIn, string ForecastModel, DecisionRules Rules, IReadOnlyDictionary<string, bool>? Flags);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RuleSetup))]
internal sealed partial class RuleJson : JsonSerializerContext;
