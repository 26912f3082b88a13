using System.ComponentModel.DataAnnotations;
using System.Numerics;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using Microsoft.Extensions.Options;

namespace AITrader.PatternEngine.Engine;

/// <summary>How the engine uses the machine; signals do not depend on any of it.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Engine";

    private const int MaxSlots = 1 << 20;

    /// <summary>Threads, each with its own symbols. 0, the default, leaves a core to what feeds them and one to the rest: 1 on two cores,
    /// at most 8.</summary>
    [Range(0, EngineSettings.MaxShards)]
    public int Shards { get; set; }

    /// <summary>Slots of each shard's rings: a power of two, at least twice the number of patterns, at most 1048576. Default
    /// 4096.</summary>
    public int RingCapacity { get; set; } = 4_096;

    /// <summary>Looks at an empty ring before a thread sleeps. Default 2000, some tens of microseconds.</summary>
    [Range(0, 1_000_000_000)]
    public int Spins { get; set; } = 2_000;

    public EngineSettings ToSettings(PatternSettings patterns) =>
        new()
        {
            Patterns = patterns,
            Shards = Shards > 0 ? Shards : EngineSettings.DefaultShards(Environment.ProcessorCount),
            RingCapacity = RingCapacity,
            Spins = Spins,
        };

    /// <summary>The first thing wrong, as <c>name: problem</c>; null where all is well.</summary>
    public string? FindProblem() =>
        Shards is < 0 or > EngineSettings.MaxShards ? $"Shards: {Shards} is not in 0 to {EngineSettings.MaxShards}"
        : !BitOperations.IsPow2(RingCapacity) || RingCapacity < 2 * PatternCatalogue.BuiltIn.Count || RingCapacity > MaxSlots
            ? $"RingCapacity: {RingCapacity} is not a power of two from {BitOperations.RoundUpToPowerOf2(2u * (uint)PatternCatalogue.BuiltIn.Count)} to {MaxSlots}"
        : Spins < 0 ? $"Spins: {Spins} is below 0"
        : null;
}

/// <summary>Refuses values that make no sense, naming the setting.</summary>
internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options) =>
        options.FindProblem() is { } problem
            ? ValidateOptionsResult.Fail($"{EngineOptions.Section}:{problem}")
            : ValidateOptionsResult.Success;
}
