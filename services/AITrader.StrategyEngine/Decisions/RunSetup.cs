using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Storage.Runs;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Hosting;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>Writes down what decides in a run: the built-in rule with its numbers and flags, and the hosted strategies.</summary>
internal sealed class RunSetup(RunRecords runs, IOptions<StrategyOptions> options, IOptions<HostingOptions> hosting)
{
    /// <summary>Writes the rule and the strategies of the settings; those that are hosted add their version when they are loaded.</summary>
    public async Task DescribeAsync(string run, FlagSet flags, CancellationToken ct)
    {
        var rule = new RuleSetup(options.Value.BuiltIn, options.Value.ForecastModel, options.Value.Rules, flags.Changed);
        await runs.DescribeAsync(run, "rule", JsonSerializer.Serialize(rule, RunSetupJson.Default.RuleSetup), ct);
        var hosted = hosting.Value.Runnable().Select(static one => OfHosted(one, version: null)).ToList();
        await runs.DescribeAsync(run, "strategies", JsonSerializer.Serialize(hosted, RunSetupJson.Default.ListHostedSetup), ct);
    }

    /// <summary>Writes the strategies as they were loaded.</summary>
    public Task DescribeAsync(string run, IEnumerable<HostedStrategy> loaded, CancellationToken ct)
    {
        var hosted = loaded.Select(static one => OfHosted(one.Options, one.Version)).ToList();
        return runs.DescribeAsync(run, "strategies", JsonSerializer.Serialize(hosted, RunSetupJson.Default.ListHostedSetup), ct);
    }

    private static HostedSetup OfHosted(HostedStrategyOptions hosted, string? version) =>
        new(hosted.Name, hosted.Source, version, [.. hosted.Options], [.. hosted.Symbols], hosted.Capital, hosted.Budget);
}

internal sealed record RuleSetup(bool BuiltIn, string ForecastModel, DecisionRules Rules, IReadOnlyDictionary<string, bool>? Flags);

internal sealed record HostedSetup(
    string Name,
    string Source,
    string? Version,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Symbols,
    decimal Capital,
    decimal Budget
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(RuleSetup))]
[JsonSerializable(typeof(List<HostedSetup>))]
internal sealed partial class RunSetupJson : JsonSerializerContext;
