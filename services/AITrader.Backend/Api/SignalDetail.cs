using System.Text.Json;
using AITrader.Domain.Signals;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Patterns;

namespace AITrader.Backend.Api;

/// <summary>What a signal rests on.</summary>
/// <param name="Family">Kind of its pattern; null where this version does not know the pattern.</param>
/// <param name="HorizonSeconds">Event time that it speaks of; null where its writer did not say.</param>
/// <param name="Evidence">What the detector saw, by name.</param>
internal sealed record SignalDetail(string? Family, double? HorizonSeconds, IReadOnlyDictionary<string, double> Evidence)
{
    // As WireJson of Contracts writes them.
    private const string HorizonName = "horizon_seconds";
    private const string EvidenceName = "evidence";

    public static SignalDetail Of(Signal signal) => new(FamilyOf(signal.Pattern), signal.Features.HorizonSeconds, signal.Features.Evidence);

    /// <summary>Of a stored signal; rows of before evidence was stored have none.</summary>
    public static SignalDetail Of(string pattern, string features)
    {
        using var document = JsonDocument.Parse(features);
        var root = document.RootElement;
        return new SignalDetail(FamilyOf(pattern), HorizonOf(root), EvidenceOf(root));
    }

    private static string? FamilyOf(string pattern) =>
        PatternCatalogue.BuiltIn.Find(pattern) is >= 0 and var index ? PatternCatalogue.BuiltIn.All[index].Family.Name() : null;

    private static double? HorizonOf(JsonElement features) =>
        features.TryGetProperty(HorizonName, out var horizon) && horizon.ValueKind == JsonValueKind.Number ? horizon.GetDouble() : null;

    private static Dictionary<string, double> EvidenceOf(JsonElement features) =>
        features.TryGetProperty(EvidenceName, out var evidence) && evidence.ValueKind == JsonValueKind.Object
            ? evidence
                .EnumerateObject()
                .Where(static value => value.Value.ValueKind == JsonValueKind.Number)
                .ToDictionary(static value => value.Name, static value => value.Value.GetDouble(), StringComparer.Ordinal)
            : [];
}
