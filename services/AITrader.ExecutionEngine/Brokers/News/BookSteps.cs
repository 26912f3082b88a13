using AITrader.Domain.Brokers;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Brokers.News;

/// <summary>What follows for our orders from the broker's books: executions first, each once, then states.</summary>
internal sealed class BookSteps(BrokerContext context)
{
    private static readonly TimeSpan India = TimeSpan.FromHours(5.5);

    private PartsAtBroker Parts => context.Parts;

    public async Task<List<TradingOutcome>> TakeAsync(BrokerBooks books, CancellationToken ct)
    {
        var outcomes = new List<TradingOutcome>();
        var seen = new Dictionary<PartAtBroker, BrokerOrder>();
        foreach (var order in books.Orders)
        {
            if ((Parts.OfNumber(order.BrokerOrderId) ?? Parts.OfTag(order.Tag, order.BrokerOrderId)) is { } part)
            {
                Parts.Identify(part, order.BrokerOrderId, context.Now);
                seen[part] = order;
            }
        }

        await BookAsync(books.Executions, outcomes, ct);
        foreach (var part in Parts.All.Where(static part => part.IsOpen).ToArray())
        {
            if (seen.TryGetValue(part, out var order))
            {
                await SettleAsync(part, order, books, outcomes, ct);
            }
            else
            {
                await AbsentAsync(part, books, outcomes, ct);
            }
        }

        return outcomes;
    }

    /// <summary>Id of an execution: of the same one always the same.</summary>
    public static Guid IdOf(IBroker broker, BrokerExecution execution) =>
        DeterministicId.Create("broker-execution", $"{broker.Name}/{execution.BrokerOrderId}/{execution.ExecutionId}");

    private async Task BookAsync(IReadOnlyList<BrokerExecution> executions, List<TradingOutcome> outcomes, CancellationToken ct)
    {
        var news = executions
            .Select(execution => (Execution: execution, Id: IdOf(context.Broker, execution), Part: Parts.OfNumber(execution.BrokerOrderId)))
            .Where(static found => found.Part?.Executions.Contains(found.Id) == false)
            .ToList();
        if (news.Count == 0)
        {
            return;
        }

        var booked = await context.Reader.BookedAsync([.. news.Select(static found => found.Id)], ct);
        foreach (var (execution, id, part) in news)
        {
            if (part!.Executions.Add(id) && !booked.Contains(id))
            {
                await BookAsync(part, execution, id, outcomes, ct);
            }
        }
    }

    private async Task BookAsync(PartAtBroker part, BrokerExecution execution, Guid id, List<TradingOutcome> outcomes, CancellationToken ct)
    {
        var order = await context.OrderOfAsync(part, ct);
        var at = (execution.At ?? context.Now).ToUniversalTime();
        var fill = new Fill
        {
            ExecId = id,
            OrderId = order.Id,
            Symbol = order.Request.Symbol,
            Side = order.Request.Side,
            Quantity = execution.Quantity,
            Price = execution.Price,
            Fee = context.Fees(order, execution.Quantity, execution.Price, at),
            Rate = context.RateOf(order.Request.Symbol),
            IsTaker = order.SentType == OrderType.Market,
            Timestamp = at,
            Seq = context.Desk.Seq,
        };
        Add(outcomes, context.Desk.OnExecution(order, fill));
        part.Row.FilledQuantity += execution.Quantity;
        Parts.Touch(part, context.Now);
    }

    private async Task SettleAsync(
        PartAtBroker part,
        BrokerOrder seen,
        BrokerBooks books,
        List<TradingOutcome> outcomes,
        CancellationToken ct
    )
    {
        part.Missing = 0;

        // Its executions are not all listed yet: the next look has them.
        if (seen.Filled > part.Row.FilledQuantity)
        {
            return;
        }

        var order = await context.OrderOfAsync(part, ct);
        switch (seen.Status)
        {
            case OrderStatus.Filled:
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                break;
            case OrderStatus.Rejected:
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                Add(outcomes, context.Reject(order, $"BROKER_REJECTED {seen.Reason}"));
                break;
            case OrderStatus.Cancelled or OrderStatus.Expired:
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                var step = seen.Status == OrderStatus.Cancelled ? OrderStep.Cancel : OrderStep.Expire;
                Add(
                    outcomes,
                    context.Desk.OnBroker(order, step, $"BROKER_{seen.Status} {seen.Reason}".ToUpperInvariant().Trim(), context.Now)
                );
                break;
            default:
                Live(part, seen, order, books, outcomes);
                break;
        }
    }

    private void Live(PartAtBroker part, BrokerOrder seen, Order order, BrokerBooks books, List<TradingOutcome> outcomes)
    {
        if (seen.Status != OrderStatus.Submitted && order.State.Status is OrderStatus.Submitted or OrderStatus.Unknown)
        {
            Add(outcomes, context.Desk.OnBroker(order, OrderStep.Accept, string.Empty, context.Now));
            order = context.Desk.Find(order.Id) ?? order;
        }

        if (seen.Status == OrderStatus.PendingUpdate)
        {
            return;
        }

        if (order is { State.Status: OrderStatus.PendingUpdate, Change: { } change } && !part.IsChanging)
        {
            SettleChange(part, seen, order, change, books, outcomes);
        }
        else if (part.ChangeAnsweredAt < books.ReadFrom)
        {
            // A new quantity that nobody asked for by name: the book says what holds.
            part.ChangeAnsweredAt = null;
        }

        if (part.Row.Quantity != seen.Quantity)
        {
            part.Row.Quantity = seen.Quantity;
            Parts.Touch(part, context.Now);
        }

        if (part.CancelRefusal.Length > 0 && seen.Status != OrderStatus.PendingCancel)
        {
            var refusal = part.CancelRefusal;
            part.CancelRefusal = string.Empty;
            Add(outcomes, context.Desk.OnCancelRefused(order, $"CANCEL_REFUSED {refusal}", context.Now));
        }
    }

    private void SettleChange(
        PartAtBroker part,
        BrokerOrder seen,
        Order order,
        OrderChange change,
        BrokerBooks books,
        List<TradingOutcome> outcomes
    )
    {
        var holds =
            seen.Quantity == change.Quantity - order.Reduced
            && seen.LimitPrice == change.LimitPrice
            && seen.TriggerPrice == change.TriggerPrice;
        if (holds)
        {
            (part.Row.Price, part.Row.TriggerPrice) = (seen.LimitPrice, seen.TriggerPrice);
        }
        else if (part.ChangeAnsweredAt is not { } answered || books.ReadFrom - answered < context.Options.SettleTime)
        {
            return;
        }

        part.ChangeAnsweredAt = null;
        Parts.Touch(part, context.Now);
        Add(outcomes, context.Desk.OnChanged(order, holds ? string.Empty : $"BROKER_TERMS_STAY {part.Row.Answer}", context.Now));
    }

    private async Task AbsentAsync(PartAtBroker part, BrokerBooks books, List<TradingOutcome> outcomes, CancellationToken ct)
    {
        if (part.IsPlacing)
        {
            return;
        }

        var order = await context.OrderOfAsync(part, ct);
        switch (part.Row.State)
        {
            // Refused for the moment: the broker has nothing of it.
            case BrokerOrderStates.Intended when order.Ending.Length > 0:
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                Add(outcomes, context.Desk.OnBroker(order, OrderStep.Cancel, order.Ending, context.Now));
                break;
            case BrokerOrderStates.Unknown when books.ReadFrom - part.Row.UnknownSince >= context.Options.SettleTime:
                Unseen(part, order, outcomes);
                break;
            case BrokerOrderStates.Working when ++part.Missing > 1 && DayOf(part.Row.IntendedAt) < DayOf(books.ReadFrom):
                Parts.Enter(part, BrokerOrderStates.Done, context.Now);
                Add(outcomes, context.Desk.OnBroker(order, OrderStep.Expire, "DAY_ENDED", context.Now));
                break;
        }
    }

    // The broker had time to show it, and does not: it was never taken.
    private void Unseen(PartAtBroker part, Order order, List<TradingOutcome> outcomes)
    {
        var isYoung = context.Now - part.Row.IntendedAt < context.MaxOrderAge;
        if (context.Options.WhenUnseen == "send" && isYoung && order is { State.IsTerminal: false, Ending.Length: 0 })
        {
            part.Row.Attempts++;
            part.HasAlarmed = false;
            Parts.Enter(part, BrokerOrderStates.Intended, context.Now);
            context.Log.SendsAgain(order.Id, part.Row.Tag);
            return;
        }

        Parts.Enter(part, BrokerOrderStates.Done, context.Now);
        Add(outcomes, context.Reject(order, $"NOT_AT_BROKER tag={part.Row.Tag}"));
    }

    private void Add(List<TradingOutcome> outcomes, IReadOnlyList<TradingOutcome> more)
    {
        context.Note(more);
        outcomes.AddRange(more);
    }

    private static DateTime DayOf(DateTimeOffset at) => at.ToOffset(India).Date;
}
