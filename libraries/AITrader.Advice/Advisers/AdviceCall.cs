using AITrader.Advice.Prompts;
using AITrader.Advice.Questions;

namespace AITrader.Advice.Advisers;

/// <summary>What is known of a question while it is asked.</summary>
internal sealed class AdviceCall(PromptTemplate template, AdviceQuestion question, long started)
{
    private long _tokens;

    public AdviceQuestion Question => question;

    public int Attempts { get; private set; }

    public string? Model { get; set; }

    public void Begin(long estimate)
    {
        Attempts++;
        _tokens += estimate;
    }

    public void Settle(long estimate, long used) => _tokens += used - estimate;

    public AdviceProvenance ToProvenance(IEnumerable<int> citations, TimeProvider time) =>
        new(
            template.Id,
            template.Version,
            template.Sha256,
            Model,
            [.. citations.Select(number => question.Passages[number - 1].DocumentId).Distinct()],
            _tokens,
            time.GetElapsedTime(started),
            Attempts
        );
}
