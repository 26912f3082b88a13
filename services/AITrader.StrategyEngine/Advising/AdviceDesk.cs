using AITrader.Advice.Advisers;
using AITrader.Advice.Questions;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Advising;

/// <summary>Asks for advice on a decision that is made but for it, within a deadline: late, refused or none, the decision goes on
/// without.</summary>
internal sealed class AdviceDesk(
    Adviser adviser,
    Passages passages,
    ResiliencePipeline<AdviceStep> breaker,
    IOptions<AdviceOptions> options,
    AdviceMetrics metrics,
    TimeProvider time
)
{
    private const string Off = "no model is asked: Advice:Enabled is false";
    private const string Replay = "a replay asks no model: Advice:InReplays is false";
    private const string NoMatter = "not asked: it could not change the action";
    private const string CutOff = "the model's endpoint fails, and is not asked for a while";

    private static readonly AdviceReading Most = new(1, string.Empty);
    private static readonly AdviceReading Least = new(-1, string.Empty);

    private readonly AdviceOptions _options = options.Value;

    public async Task<AdviceStep> AskAsync(Signal signal, DecisionInput input, DecisionRules rules, FlagSet flags, CancellationToken ct)
    {
        if (Needless(signal, input, rules, flags) is { } reason)
        {
            return AdviceStep.NotAsked(reason);
        }

        var begin = time.GetTimestamp();
        AdviceStep step;
        try
        {
            step = await breaker.ExecuteAsync(async token => await AskInTimeAsync(signal, input, rules, token), ct);
        }
        catch (BrokenCircuitException)
        {
            step = new AdviceStep(null, CutOff, new AdviceTrace("cut_off", CutOff));
        }

        metrics.Advised(
            step.Provenance?.State ?? "none",
            step.Provenance?.Tokens ?? 0,
            _options.CostPerMillionTokens,
            time.GetElapsedTime(begin)
        );
        return step;
    }

    /// <summary>Whether the most extreme advice leads to different actions.</summary>
    internal static bool CanMatter(DecisionInput input, DecisionRules rules) =>
        DecisionModel.Decide(input with { Advice = Most }, rules).Action
        != DecisionModel.Decide(input with { Advice = Least }, rules).Action;

    private string? Needless(Signal signal, DecisionInput input, DecisionRules rules, FlagSet flags) =>
        !_options.Enabled ? Off
        : !flags.IsOn(FeatureFlags.Advice) ? FlagSet.ReasonOf(FeatureFlags.Advice)
        : signal.Run.Length > 0 && !_options.InReplays ? Replay
        : _options.OnlyWhereItMatters && !CanMatter(input, rules) ? NoMatter
        : null;

    // Waited for from outside: neither a client nor a database that does not heed its token holds a decision up.
    private async Task<AdviceStep> AskInTimeAsync(Signal signal, DecisionInput input, DecisionRules rules, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(_options.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await AskAsync(signal, input, rules, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return AdviceStep.Late(FormattableString.Invariant($"There was no advice within {_options.Deadline.TotalSeconds:0.###} s."));
        }
        catch (Exception failure) when (TransientFailures.Includes(failure))
        {
            return AdviceStep.NotAsked($"documents cannot be read: {failure.GetType().Name}");
        }
    }

    private async Task<AdviceStep> AskAsync(Signal signal, DecisionInput input, DecisionRules rules, CancellationToken ct)
    {
        var shown = await passages.FindAsync(signal, _options.MaxPassages, ct);
        var so = DecisionModel.Decide(input, rules);
        var question = new AdviceQuestion(
            signal.Symbol,
            signal.Timestamp,
            signal.Pattern,
            input.Direction * signal.Score,
            so.Factors.Where(static factor => factor.IsPresent)
                .ToDictionary(static factor => factor.Name, static factor => (double)factor.Value, StringComparer.Ordinal),
            input.Exposure,
            shown
        );
        var step = AdviceStep.Of(await adviser.AskAsync(question, ct));
        return step with { Provenance = step.Provenance! with { Shown = [.. shown.Select(static one => one.DocumentId)] } };
    }
}
