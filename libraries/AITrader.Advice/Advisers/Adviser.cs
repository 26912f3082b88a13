using System.Text;
using AITrader.Advice.Answers;
using AITrader.Advice.Prompts;
using AITrader.Advice.Questions;
using AITrader.Domain.Time;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AITrader.Advice.Advisers;

/// <summary>Asks a model about a signal, within a deadline and a budget. For many threads.</summary>
public sealed class Adviser
{
    // Of a prompt that no tokenizer has seen: on the safe side, as English has four and more, and Hindi three a letter.
    private const int BytesPerToken = 3;

    private readonly IChatClient _client;
    private readonly AdviserLimits _limits;
    private readonly ITokenBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger<Adviser> _logger;
    private readonly PromptTemplate _template = PromptTemplate.Advice;

    /// <summary>Asks by a client that does not repeat by itself.</summary>
    public Adviser(IChatClient client, AdviserLimits limits, ITokenBudget budget, TimeProvider time, ILogger<Adviser> logger)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.Validate();
        (_client, _limits, _budget, _time, _logger) = (client, limits, budget, time, logger);
    }

    /// <summary>The model's advice, or why there is none.</summary>
    /// <exception cref="ArgumentException">A passage is newer than the event, or there are too many: the caller looks into the future.
    /// </exception>
    public async Task<AdviceOutcome> AskAsync(AdviceQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Passages.Any(passage => passage.PublishedAt > question.EventTime))
        {
            throw new ArgumentException("A passage is newer than the event.", nameof(question));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(question.Passages.Count, _limits.MaxPassages, nameof(question));
        var call = new AdviceCall(_template, question, _time.GetTimestamp());
        var prompt = AdvicePrompt.Write(_template, question, _limits.MaxPassageLength);
        var estimate =
            ((Encoding.UTF8.GetByteCount(_template.System) + Encoding.UTF8.GetByteCount(prompt)) / BytesPerToken) + _limits.MaxAnswerTokens;
        if (estimate > _limits.MaxTokensPerCall)
        {
            return Absent(call, AbsenceCause.Budget, $"The question has about {estimate} tokens; {_limits.MaxTokensPerCall} are allowed.");
        }

        ChatMessage[] messages = [new(ChatRole.System, _template.System), new(ChatRole.User, prompt)];
        using var deadline = new CancellationTokenSource(_limits.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await AskUntilAnsweredAsync(call, messages, estimate, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            return Absent(call, AbsenceCause.Late, $"There was no answer within {_limits.Deadline.TotalSeconds:0.###} s.");
        }
    }

    private async Task<AdviceOutcome> AskUntilAnsweredAsync(AdviceCall call, ChatMessage[] messages, long estimate, CancellationToken ct)
    {
        var backoff = new Backoff(_limits.RetryDelay, _limits.Deadline);
        while (true)
        {
            if (await _budget.TryTakeAsync(estimate, ct) is not { } day)
            {
                _logger.BudgetExceeded(estimate);
                return Absent(call, AbsenceCause.Budget, "The day's tokens are used up.");
            }

            call.Begin(estimate);
            var (response, failure) = await TryAskAsync(messages, call.Question.Passages.Count, ct);
            var used = failure is null ? response!.Usage?.TotalTokenCount ?? estimate : 0;
            await _budget.SettleAsync(day, estimate, used, ct);
            call.Settle(estimate, used);
            if (failure is null)
            {
                return Outcome(call, response!);
            }

            if (!failure.IsTransient || call.Attempts > _limits.MaxRetries)
            {
                return Absent(call, AbsenceCause.Unavailable, failure.Reason);
            }

            var delay = backoff.After(call.Attempts - 1);
            await Task.Delay(failure.RetryAfter is { } asked && asked > delay ? asked : delay, _time, ct);
        }
    }

    // A call that the deadline cuts keeps its tokens: the endpoint may have counted them. Waited for from outside too, as a client may not
    // heed its token.
    private async Task<(ChatResponse? Response, CallFailure? Failure)> TryAskAsync(
        ChatMessage[] messages,
        int passages,
        CancellationToken ct
    )
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = _limits.MaxAnswerTokens,
            Temperature = 0,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(AnswerSchema.For(passages), AnswerSchema.Name),
        };
        try
        {
            return (await _client.GetResponseAsync(messages, options, ct).WaitAsync(ct), null);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && CallFailure.Of(exception) is not null)
        {
            _logger.CallFailed(exception);
            return (null, CallFailure.Of(exception));
        }
    }

    private AdviceOutcome Outcome(AdviceCall call, ChatResponse response)
    {
        call.Model = response.ModelId;
        var (answer, fault) = AnswerReader.Read(response, call.Question.Passages.Count);
        return answer is null
            ? Absent(call, AbsenceCause.Invalid, fault!)
            : new AdviceOutcome.Given(answer, call.ToProvenance(answer.Citations, _time));
    }

    private AdviceOutcome.Absent Absent(AdviceCall call, AbsenceCause cause, string reason)
    {
        _logger.NoAdvice(call.Question.Symbol, cause, reason);
        return new AdviceOutcome.Absent(cause, reason, call.ToProvenance([], _time));
    }
}
