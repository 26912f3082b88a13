using AITrader.Advice.Advisers;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Advising;

/// <summary>What became of advice for one decision.</summary>
/// <param name="Reading">The factor's input; null without advice.</param>
/// <param name="Absence">Why there is none.</param>
/// <param name="Provenance">What is stored of it; null where nothing was asked.</param>
internal sealed record AdviceStep(AdviceReading? Reading, string Absence, AdviceTrace? Provenance)
{
    /// <summary>Whether the endpoint is to blame.</summary>
    public bool IsFailure { get; private init; }

    public static AdviceStep NotAsked(string reason) => new(null, reason, null);

    public static AdviceStep Late(string reason) => new(null, reason, new AdviceTrace("late", reason)) { IsFailure = true };

    public static AdviceStep Of(AdviceOutcome outcome) =>
        outcome switch
        {
            AdviceOutcome.Given given => new AdviceStep(
                new AdviceReading(
                    given.Factor,
                    FormattableString.Invariant(
                        $"{given.Source.Model} advice={given.Answer.Advice:0.####} confidence={given.Answer.Confidence:0.####}"
                    )
                ),
                string.Empty,
                AdviceTrace.Of("given", given.Source) with
                {
                    Advice = given.Answer.Advice,
                    Confidence = given.Answer.Confidence,
                    Suggestion = given.Answer.Suggestion,
                }
            ),
            AdviceOutcome.Absent absent => new AdviceStep(
                null,
                absent.Reason,
                AdviceTrace.Of(absent.Cause.ToString().ToLowerInvariant(), absent.Source) with
                {
                    Reason = absent.Reason,
                }
            )
            {
                IsFailure = absent.Cause is AbsenceCause.Late or AbsenceCause.Unavailable,
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

/// <summary>Advice as stored with a decision.</summary>
/// <param name="State">given, late, invalid, unavailable or budget.</param>
/// <param name="Reason">Why there is none.</param>
internal sealed record AdviceTrace(string State, string? Reason = null)
{
    /// <summary>Prompt, its version and the SHA-256 of its text.</summary>
    public string? Template { get; init; }

    public int? TemplateVersion { get; init; }

    public string? TemplateSha256 { get; init; }

    /// <summary>Model that answered, as the endpoint says.</summary>
    public string? Model { get; init; }

    public double? Advice { get; init; }

    public double? Confidence { get; init; }

    /// <summary>For a person. Its words come from a model that has read text from outside.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Documents that were shown to the model, and those that it cites.</summary>
    public IReadOnlyList<Guid>? Shown { get; init; }

    public IReadOnlyList<Guid>? Cited { get; init; }

    public long? Tokens { get; init; }

    public double? LatencyMs { get; init; }

    public int? Attempts { get; init; }

    public static AdviceTrace Of(string state, AdviceProvenance source) =>
        new(state)
        {
            Template = source.TemplateId,
            TemplateVersion = source.TemplateVersion,
            TemplateSha256 = source.TemplateSha256,
            Model = source.Model,
            Cited = source.Cited,
            Tokens = source.Tokens,
            LatencyMs = Math.Round(source.Latency.TotalMilliseconds, 3),
            Attempts = source.Attempts,
        };
}
