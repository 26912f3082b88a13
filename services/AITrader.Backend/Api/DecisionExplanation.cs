using System.Text.Json;
using AITrader.Storage.Rows;
using AITrader.Trading.Decisions;

namespace AITrader.Backend.Api;

/// <summary>Reads a stored decision back and asks the decision model what would have led elsewhere.</summary>
internal static class DecisionExplanation
{
    private const string ThresholdName = "threshold";
    private const string AbsentNote = "absent";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static DecisionResponse Of(DecisionRow decision, SignalRow signal)
    {
        var factors = JsonSerializer.Deserialize<List<FactorResponse>>(decision.Factors, Json) ?? [];
        var provenance = JsonSerializer.Deserialize<JsonElement>(decision.Provenance);
        return new DecisionResponse(
            decision.Id,
            SignalResponse.From(signal, decision.Id, decision.Action),
            decision.Action,
            decision.Score,
            decision.Reason,
            factors,
            provenance,
            decision.OrderId,
            Flip(factors, RulesOf(provenance)),
            decision.Timestamp
        );
    }

    /// <summary>The decision made again from its record; null where it has none.</summary>
    public static RecomputedDecisionResponse? Recompute(DecisionRow decision)
    {
        var provenance = JsonSerializer.Deserialize<JsonElement>(decision.Provenance);
        if (!provenance.TryGetProperty("basis", out var basis) || basis.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var factors = JsonSerializer.Deserialize<List<FactorResponse>>(decision.Factors, Json) ?? [];
        var again = DecisionBasis
            .Read(basis)
            .Recompute(
                Enum.Parse<DecisionAction>(decision.Action, ignoreCase: true),
                decision.Score,
                decision.Reason,
                factors.ToDictionary(static factor => factor.Name, static factor => factor.Contribution, StringComparer.Ordinal)
            );
        return new RecomputedDecisionResponse(
            decision.Id,
            again.Differences.Count == 0,
            again.Differences,
            again.Decision.Action.ToString().ToUpperInvariant(),
            again.Decision.Score,
            again.Decision.Reason,
            [
                .. again.Decision.Factors.Select(static factor => new FactorResponse(
                    factor.Name,
                    factor.Weight,
                    factor.Value,
                    factor.Contribution,
                    factor.Note
                )),
            ]
        );
    }

    private static List<FlipResponse> Flip(List<FactorResponse> factors, DecisionRules rules)
    {
        var parts = factors.ConvertAll(static factor => new Factor(
            factor.Name,
            factor.Weight,
            factor.Value,
            factor.Contribution,
            factor.Note ?? string.Empty
        )
        {
            IsPresent = factor.Note?.StartsWith(AbsentNote, StringComparison.Ordinal) != true,
        });
        var flips = Flips
            .Of(parts, parts.Sum(static part => part.Contribution), rules)
            .ToDictionary(static flip => flip.Factor, StringComparer.Ordinal);
        return factors.ConvertAll(factor =>
            flips.TryGetValue(factor.Name, out var flip)
                ? new FlipResponse(factor.Name, flip.ValueNeeded, flip.Action.ToString().ToUpperInvariant())
                : new FlipResponse(factor.Name, ValueNeeded: null, Action: null)
        );
    }

    // The threshold that held then, where the decision recorded it; settings may have changed since.
    private static DecisionRules RulesOf(JsonElement provenance) =>
        provenance.ValueKind == JsonValueKind.Object
        && provenance.TryGetProperty(ThresholdName, out var threshold)
        && threshold.ValueKind == JsonValueKind.Number
            ? DecisionRules.Default with
            {
                Threshold = threshold.GetDecimal(),
            }
            : DecisionRules.Default;
}
