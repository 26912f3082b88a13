using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Storage.Runs;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Writes down which strategies are hosted in a run, with their options and, once they are loaded, their versions.</summary>
internal sealed class HostedRecord(RunRecords runs, IOptions<HostingOptions> options)
{
    /// <summary>Writes those of the settings.</summary>
    public Task WriteAsync(string run, CancellationToken ct) =>
        WriteAsync(run, options.Value.Runnable().Select(static one => Of(one, version: null)), ct);

    /// <summary>Writes those that were loaded.</summary>
    public Task WriteAsync(string run, IEnumerable<HostedStrategy> loaded, CancellationToken ct) =>
        WriteAsync(run, loaded.Select(static one => Of(one.Options, one.Version)), ct);

    private Task WriteAsync(string run, IEnumerable<HostedSetup> hosted, CancellationToken ct) =>
        runs.DescribeAsync(run, "strategies", JsonSerializer.Serialize([.. hosted], HostedJson.Default.ListHostedSetup), ct);

    private static HostedSetup Of(HostedStrategyOptions hosted, string? version) =>
        new(hosted.Name, hosted.Source, version, [.. hosted.Options], [.. hosted.Symbols], hosted.Capital, hosted.Budget);
}

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
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(List<HostedSetup>))]
internal sealed partial class HostedJson : JsonSerializerContext;
