using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Brokers.News;

/// <summary>What follows from the broker's answers to what was sent.</summary>
internal sealed class AnswerSteps(BrokerContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private PartsAtBroker Parts => context.Parts;

    /// <summary>The session begins: of what was not answered before nobody knows whether it was sent.</summary>
    public async Task<List<TradingOutcome>> RestartAsync(CancellationToken ct)
    {
        var outcomes = new List<TradingOutcome>();
        foreach (var part in Parts.All.Where(static part => part.Row.State == BrokerOrderStates.Intended).ToArray())
        {
            Parts.Enter(part, BrokerOrderStates.Unknown, context.Now);
            outcomes.AddRange(await StepAsync(part, OrderStep.TimeOut, "RESTARTED_BEFORE_ANSWER", ct));
        }

        // Orders without a part were taken while another place executed them: none of them was ever meant for this broker.
        foreach (var order in context.Desk.Working.Where(context.Desk.IsOut).ToArray())
        {
            if (Parts.Current(order.Id) is null)
            {
                outcomes.AddRange(context.Desk.OnBroker(order, OrderStep.Cancel, "NEVER_AT_BROKER", context.Now));
            }
        }

        return outcomes;
    }

    public async Task<IReadOnlyList<TradingOutcome>> PlacedAsync(BrokerFact.Placed placed, CancellationToken ct)
    {
        var part = Parts.Find(placed.Part)!;
        part.IsPlacing = false;
        part.Row.Answer = TextOf(placed.Answer);
        Parts.Touch(part, context.Now);
        context.Metrics.Answered("place", placed.Answer);
        switch (placed.Answer)
        {
            case BrokerAnswer.Accepted accepted:
                Parts.Identify(part, accepted.BrokerOrderId, context.Now);
                return [];

            // The broker's book was faster than its answer.
            case not null when part.Row.State != BrokerOrderStates.Intended:
                return [];
            case BrokerAnswer.Refused { IsTransient: true } when await MayRetryAsync(part, ct):
                part.Row.Attempts++;
                part.NotBefore = context.Now + PauseOf(part.Row.Attempts);
                return [];
            case BrokerAnswer.Refused refused:
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                return context.Reject(await context.OrderOfAsync(part, ct), $"BROKER_REFUSED {TextOf(refused)}");
            default:
                Parts.Enter(part, BrokerOrderStates.Unknown, context.Now);
                return await StepAsync(part, OrderStep.TimeOut, $"NO_ANSWER {part.Row.Answer}", ct);
        }
    }

    public void Cancelled(BrokerFact.Cancelled cancelled)
    {
        var part = Parts.Find(cancelled.Part)!;
        part.IsCancelling = false;
        part.Row.Answer = TextOf(cancelled.Answer);
        Parts.Touch(part, context.Now);
        context.Metrics.Answered("cancel", cancelled.Answer);

        // A cancel may be repeated: it has the same effect twice. What it came to, the broker's book says.
        part.NotBefore = context.Now + (cancelled.Answer is BrokerAnswer.Accepted ? LongestPause : FirstPause);
        part.CancelRefusal = cancelled.Answer is BrokerAnswer.Refused { IsTransient: false } refused ? TextOf(refused) : string.Empty;
    }

    public async Task<IReadOnlyList<TradingOutcome>> ChangedAsync(BrokerFact.Changed changed, CancellationToken ct)
    {
        var part = Parts.Find(changed.Part)!;
        part.IsChanging = false;
        part.Row.Answer = TextOf(changed.Answer);
        Parts.Touch(part, context.Now);
        context.Metrics.Answered("change", changed.Answer);
        if (changed.Answer is BrokerAnswer.Refused refused)
        {
            part.ChangeAnsweredAt = null;
            part.NotBefore = context.Now + FirstPause;
            return refused.IsTransient ? [] : context.Desk.OnChanged(await context.OrderOfAsync(part, ct), TextOf(refused), context.Now);
        }

        part.ChangeAnsweredAt = context.Now;
        return [];
    }

    private async Task<IReadOnlyList<TradingOutcome>> StepAsync(PartAtBroker part, OrderStep step, string reason, CancellationToken ct) =>
        context.Desk.OnBroker(await context.OrderOfAsync(part, ct), step, reason, context.Now);

    private async Task<bool> MayRetryAsync(PartAtBroker part, CancellationToken ct) =>
        await context.OrderOfAsync(part, ct) is { State.IsTerminal: false, Ending.Length: 0 }
        && context.Now - part.Row.IntendedAt < context.Options.RetryFor;

    private static TimeSpan PauseOf(int attempts) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempts - 1, 5)));

    private static string TextOf(BrokerAnswer answer) =>
        answer switch
        {
            BrokerAnswer.Accepted accepted => $"order={accepted.BrokerOrderId}",
            BrokerAnswer.Refused refused => $"code={refused.Code} message={refused.Message}",
            BrokerAnswer.Unknown unknown => unknown.Reason,
            _ => throw new InvalidOperationException($"Unknown answer {answer}."),
        };
}
