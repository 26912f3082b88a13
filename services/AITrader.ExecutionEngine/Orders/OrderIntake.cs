using System.Diagnostics;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Messaging;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Orders;

/// <summary>Processes requests of the gateway stream: new orders and cancels. The engine's own events on that stream are skipped.</summary>
internal sealed class OrderIntake(
    AccountReader reader,
    IOptions<ExecutionOptions> options,
    IExecutionVenue venue,
    ExecutionMetrics metrics,
    TimeProvider time,
    ILogger<OrderIntake> log
)
{
    private const string New = "NEW";
    private const string Modify = "MODIFY";
    private const string Cancel = "CANCEL";

    /// <summary>Puts the effects of the entries into the work, in order.</summary>
    public async Task TakeAsync(DeskAccount deskAccount, IReadOnlyList<StreamEntry<OrderMessage>> entries, Work work, CancellationToken ct)
    {
        var requests = entries.Where(static entry => entry.Message.Event == New).Select(static entry => entry.Message).ToList();
        var taken = requests.Count == 0 ? [] : await TakenAsync(requests, ct);
        var changes = entries
            .Where(static entry => entry.Message.Event == Modify)
            .Select(static entry => entry.Message.ClientOrderId)
            .ToList();
        var answered = changes.Count == 0 ? [] : await reader.AnsweredAsync(changes, ct);
        foreach (var (id, message) in entries.Select(static entry => (entry.Id, entry.Message)))
        {
            switch (message.Event)
            {
                case Modify or Cancel when message.Run != deskAccount.Run:
                    metrics.Redelivered("request of a run that is over");
                    break;
                case New:
                    TakeNew(deskAccount, message, id, taken, work);
                    break;
                case Modify:
                    TakeChange(deskAccount, message, answered, work);
                    break;
                case Cancel:
                    TakeCancel(deskAccount, message, work);
                    break;
            }

            work.OrderIds.Add(id);
        }
    }

    // Which order has which client order id, as far as these requests are concerned.
    private Task<Dictionary<Guid, Guid>> TakenAsync(List<OrderMessage> requests, CancellationToken ct) =>
        reader.OrdersByKeyAsync(
            requests.ConvertAll(static request => request.ClientOrderId),
            requests.ConvertAll(static request => request.Id),
            ct
        );

    private void TakeNew(DeskAccount deskAccount, OrderMessage message, string entryId, Dictionary<Guid, Guid> taken, Work work)
    {
        var isKnown = taken.TryGetValue(message.ClientOrderId, out var owner);
        if (isKnown && owner == message.Id)
        {
            metrics.Redelivered("order");
            return;
        }

        var (before, activity) = (Activity.Current, SpanOf(message));
        work.Add(activity);
        Activity.Current = activity ?? before;
        activity?.SetTag("aitrader.order", message.Id).SetTag("aitrader.symbol", message.Symbol).SetTag("aitrader.side", message.Side);
        var status = TakeUnknown(
            deskAccount,
            message with
            {
                Trace = activity?.Id ?? message.Trace,
            },
            entryId,
            isKnown ? owner : null,
            taken,
            work
        );
        activity?.SetTag("aitrader.status", WireNames.Name(status));
        Activity.Current = before;
    }

    // Under the order's span, so that what is logged has its trace.
    private OrderStatus TakeUnknown(
        DeskAccount deskAccount,
        OrderMessage message,
        string entryId,
        Guid? owner,
        Dictionary<Guid, Guid> taken,
        Work work
    )
    {
        if (owner is not null || taken.ContainsValue(message.Id))
        {
            var duplicate = Denial.Of(
                DenialCodes.DuplicateClientOrderId,
                ("client_order_id", message.ClientOrderId),
                ("order", owner ?? message.Id)
            );
            Refuse(work, new RefusedOrder(message, duplicate.ToString(), KeepsRow: false));
            return OrderStatus.Denied;
        }

        taken[message.ClientOrderId] = message.Id;
        if (Validate(message, entryId, deskAccount.Run, deskAccount.Desk) is { } unfit)
        {
            Refuse(work, new RefusedOrder(message, unfit.ToString(), KeepsRow: true));
            return OrderStatus.Denied;
        }

        var status = Submit(deskAccount, message, work);
        metrics.OrderTaken(time.GetUtcNow() - EntryPlace.Parse(entryId).StoredAt);
        return status;
    }

    private static Activity? SpanOf(OrderMessage message) =>
        MessageTraces.ContextOf(message.Trace) is var context && context == default
            ? null
            : ExecutionMetrics.Activities.StartBeside("order", ActivityKind.Consumer, context);

    private OrderStatus Submit(DeskAccount deskAccount, OrderMessage message, Work work)
    {
        var request = message.ToRequest(deskAccount.Desk)!;
        var outcomes = deskAccount.Submit(request, message);
        foreach (var outcome in outcomes)
        {
            deskAccount.SetTrace(outcome.Order.Id, message.Trace);
        }

        work.Outcomes.AddRange(outcomes);
        var entry = outcomes[0];
        if (entry.Status == OrderStatus.Denied)
        {
            log.Denied(request.Id, entry.Reason);
        }
        else
        {
            log.Taken(request.Id, request.Side, request.Quantity, request.Symbol);
        }

        return entry.Status;
    }

    // Before the desk computes anything with it.
    private Denial? Validate(OrderMessage message, string entryId, string run, TradingDesk desk) =>
        message.Run != run ? Denial.Of(DenialCodes.RunNotCurrent, ("run", message.Run), ("current", run))
        : !IsBookable(message)
            ? Denial.Of(
                "NOT_BOOKABLE",
                ("qty", message.Quantity),
                ("price", message.Price),
                ("decimals", AccountNumbers.Decimals),
                ("below", AccountNumbers.Limit)
            )
        : message.ToRequest(desk) is null
            ? Denial.Of(
                DenialCodes.OrderKindNotOffered,
                [("type", message.Type), ("tif", message.TimeInForce), .. WireNames.Named(message.Conditions)]
            )
        : venue.RefusalOf(message) is { } refusal ? refusal
        : AgeOf(message, entryId, desk) is var age && age > options.Value.MaxOrderAge
            ? Denial.Of("STALE_ORDER", ("age", age), ("max", options.Value.MaxOrderAge))
        : null;

    private static bool IsBookable(OrderMessage message) =>
        new[]
        {
            message.Quantity,
            message.Price,
            message.TakeProfit,
            message.StopLoss,
            message.Conditions.TriggerPrice,
            message.Conditions.TrailingAmount,
            message.Conditions.DisplayQuantity,
        }.All(static number => AccountNumbers.Fits(number ?? 0m));

    // An order that was held up, by an outage or because it was lost and sent again, was asked for on a market that is gone. A replay's
    // market waits. What no tick caused has no place in event time: its age is that of the request, or of its entry on the bus.
    private TimeSpan AgeOf(OrderMessage message, string entryId, TradingDesk desk)
    {
        if (message.Run.Length > 0)
        {
            return TimeSpan.Zero;
        }

        var now = time.GetUtcNow();
        var onBus = now - EntryPlace.Parse(entryId).StoredAt;
        var isCaused = message.DecisionId is not null || message.Seq > 0;
        var age = (isCaused ? desk.Now : now) - message.Timestamp;
        return age > onBus ? age : onBus;
    }

    private void TakeChange(DeskAccount deskAccount, OrderMessage message, HashSet<Guid> answered, Work work)
    {
        var outcomes =
            answered.Add(message.ClientOrderId) && IsBookable(message)
                ? deskAccount.Desk.Modify(message.Id, message.ToChange(deskAccount.Desk))
                : [];
        work.Outcomes.AddRange(outcomes);
        if (outcomes.Count == 0)
        {
            metrics.Redelivered("modify");
        }
    }

    private void TakeCancel(DeskAccount deskAccount, OrderMessage message, Work work)
    {
        var outcomes = deskAccount.Desk.Cancel(
            message.Id,
            $"CANCEL_REQUESTED by={(message.Origin.Length > 0 ? message.Origin : "unknown")}"
        );
        work.Outcomes.AddRange(outcomes);
        if (outcomes.Count == 0)
        {
            metrics.Redelivered("cancel");
        }
    }

    private void Refuse(Work work, RefusedOrder refused)
    {
        // Delivered twice before either was stored: one audit trail is enough.
        if (work.Refused.Exists(found => found.Message.Id == refused.Message.Id))
        {
            metrics.Redelivered("order");
            return;
        }

        work.Refused.Add(refused);
        log.Denied(refused.Message.Id, refused.Reason);
    }
}
