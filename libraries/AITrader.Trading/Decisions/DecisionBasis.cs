using System.Text.Json;
using System.Text.Json.Serialization;

namespace AITrader.Trading.Decisions;

/// <summary>All that a decision followed from: it can be made again.</summary>
/// <param name="Input">What was known.</param>
/// <param name="Rules">What it went by.</param>
public sealed record DecisionBasis(DecisionInput Input, DecisionRules Rules)
{
    /// <summary>The record as JSON.</summary>
    public JsonElement Write() => JsonSerializer.SerializeToElement(this, DecisionBasisJson.Default.DecisionBasis);

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DecisionBasis Read(JsonElement record) =>
        record.Deserialize(DecisionBasisJson.Default.DecisionBasis) ?? throw new JsonException("The record is null.");

    /// <summary>Decides again, and says what is different from what was decided then.</summary>
    /// <param name="action">Action that was stored.</param>
    /// <param name="score">Score that was stored.</param>
    /// <param name="reason">Reason that was stored.</param>
    /// <param name="contributions">Contribution of each factor that was stored.</param>
    public RecomputedDecision Recompute(
        DecisionAction action,
        double score,
        string reason,
        IReadOnlyDictionary<string, decimal> contributions
    )
    {
        ArgumentNullException.ThrowIfNull(contributions);
        var again = DecisionModel.Decide(Input, Rules);
        var differences = new List<string>();
        Compare(differences, "action", action, again.Action);
        Compare(differences, "score", score, (double)again.Score);
        Compare(differences, "reason", reason, again.Reason);
        foreach (var factor in again.Factors)
        {
            Compare(differences, factor.Name, contributions.GetValueOrDefault(factor.Name), factor.Contribution);
        }

        return new RecomputedDecision(again, differences);
    }

    private static void Compare<T>(List<string> differences, string name, T then, T now)
    {
        if (!EqualityComparer<T>.Default.Equals(then, now))
        {
            differences.Add(FormattableString.Invariant($"{name}: {then} was stored, {now} follows from the record"));
        }
    }
}

/// <summary>A decision made again.</summary>
/// <param name="Decision">What follows from the record.</param>
/// <param name="Differences">What is different from what was decided then; empty where nothing is.</param>
public sealed record RecomputedDecision(Decision Decision, IReadOnlyList<string> Differences);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(DecisionBasis))]
internal sealed partial class DecisionBasisJson : JsonSerializerContext;
