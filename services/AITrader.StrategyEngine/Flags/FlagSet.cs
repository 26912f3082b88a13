using System.Collections.Frozen;
using System.Text.Json;
using AITrader.Storage.Flags;

namespace AITrader.StrategyEngine.Flags;

/// <summary>What every flag held at one moment.</summary>
internal sealed class FlagSet
{
    private readonly FrozenDictionary<string, bool> _states;

    /// <param name="states">States by name; a flag that has none is at its default.</param>
    public FlagSet(IReadOnlyDictionary<string, bool> states)
    {
        _states = FeatureFlags.All.ToFrozenDictionary(
            static flag => flag.Name,
            flag => states.TryGetValue(flag.Name, out var isOn) ? isOn : flag.Default,
            StringComparer.Ordinal
        );
        var changed = FeatureFlags.All.Where(flag => IsOn(flag) != flag.Default).ToDictionary(static flag => flag.Name, IsOn);
        Changed = changed.Count == 0 ? null : new SortedDictionary<string, bool>(changed, StringComparer.Ordinal);
    }

    /// <summary>Those that are not at their defaults; null where all are.</summary>
    public IReadOnlyDictionary<string, bool>? Changed { get; }

    public bool IsOn(FeatureFlag flag) => _states[flag.Name];

    public string Write() => JsonSerializer.Serialize(new Dictionary<string, bool>(_states), FlagJson.Default.DictionaryStringBoolean);

    public static FlagSet Read(string json) => new(JsonSerializer.Deserialize(json, FlagJson.Default.DictionaryStringBoolean)!);

    /// <summary>Why a factor is absent that a flag left out.</summary>
    public static string ReasonOf(FeatureFlag flag) => $"switched off by flag {flag.Name}";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, bool>))]
internal sealed partial class FlagJson : System.Text.Json.Serialization.JsonSerializerContext;
