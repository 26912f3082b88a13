using AITrader.Advice.Answers;

namespace AITrader.Advice.Advisers;

/// <summary>Advice, or why there is none. Never an order.</summary>
public abstract record AdviceOutcome
{
    private AdviceOutcome(AdviceProvenance provenance) => Provenance = provenance;

    /// <summary>What led to it.</summary>
    public AdviceProvenance Provenance { get; }

    /// <summary>The most that it can say in a decision, in [-1, 1]: advice × confidence; 0 where there is none.</summary>
    public abstract double Factor { get; }

    /// <summary>The model answered as asked.</summary>
    /// <param name="Answer">Its answer.</param>
    /// <param name="Source">What led to it.</param>
    public sealed record Given(AdviceAnswer Answer, AdviceProvenance Source) : AdviceOutcome(Source)
    {
        /// <inheritdoc/>
        public override double Factor => Answer.Advice * Answer.Confidence;
    }

    /// <summary>There is no advice: the decision goes on without it.</summary>
    /// <param name="Cause">Kind of cause.</param>
    /// <param name="Reason">As a sentence.</param>
    /// <param name="Source">What was tried.</param>
    public sealed record Absent(AbsenceCause Cause, string Reason, AdviceProvenance Source) : AdviceOutcome(Source)
    {
        /// <inheritdoc/>
        public override double Factor => 0;
    }
}

/// <summary>Why there is no advice.</summary>
public enum AbsenceCause
{
    /// <summary>The answer is not what was asked for.</summary>
    Invalid,

    /// <summary>The deadline passed.</summary>
    Late,

    /// <summary>The endpoint failed or refused.</summary>
    Unavailable,

    /// <summary>The day's tokens are used up, or the question has too many.</summary>
    Budget,
}

/// <summary>What led to an answer, to be stored with it.</summary>
/// <param name="TemplateId">Prompt.</param>
/// <param name="TemplateVersion">Its version.</param>
/// <param name="TemplateSha256">SHA-256 of its text, hex.</param>
/// <param name="Model">Model that answered, as the endpoint says; null where none did.</param>
/// <param name="Cited">Documents that the answer cites.</param>
/// <param name="Tokens">Tokens counted for it, failed attempts included.</param>
/// <param name="Latency">From question to answer.</param>
/// <param name="Attempts">Calls made.</param>
public sealed record AdviceProvenance(
    string TemplateId,
    int TemplateVersion,
    string TemplateSha256,
    string? Model,
    IReadOnlyList<Guid> Cited,
    long Tokens,
    TimeSpan Latency,
    int Attempts
);
