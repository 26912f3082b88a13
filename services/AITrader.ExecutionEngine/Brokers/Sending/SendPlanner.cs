using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Brokers.Sending;

/// <summary>Compares what the desk wants at the broker with what is there, or on its way: the difference is what is sent.</summary>
internal sealed class SendPlanner(BrokerContext context)
{
    private PartsAtBroker Parts => context.Parts;

    /// <summary>What is to be sent now; new parts are among those that are to be stored.</summary>
    public IReadOnlyList<BrokerSend> Plan()
    {
        var sends = new List<BrokerSend>();
        foreach (var order in context.Desk.Working.Where(order => context.Desk.IsAtBroker(order.Request.Run)).ToArray())
        {
            var part = Parts.Current(order.Id);
            if (part is null && context.Desk.IsOut(order) && MayHaveMore(order))
            {
                part = New(order);
            }

            if (part is not null && Next(part, order) is { } send)
            {
                sends.Add(send);
            }
        }

        // What has ended here and lives there.
        foreach (var part in Parts.All.Where(part => part is { IsOpen: true, Row.Ending.Length: > 0 }))
        {
            if (context.Desk.Find(part.Row.OrderId) is null && MayCancel(part))
            {
                sends.Add(new BrokerSend.Cancel(part));
            }
        }

        return sends;
    }

    // A second part of an order that is sent as a whole would be the order twice.
    private bool MayHaveMore(Order order)
    {
        var parts = Parts.Of(order.Id);
        return parts.Count == 0 || (order.Held is not null && parts[^1].Row.FilledQuantity >= parts[^1].Row.Quantity);
    }

    private PartAtBroker New(Order order)
    {
        var number = Parts.Of(order.Id).Count;
        var id = number == 0 ? order.Id : DeterministicId.Create("broker-part", FormattableString.Invariant($"{order.Id:D}/{number}"));
        var part = new PartAtBroker(
            new BrokerOrderRow
            {
                Id = id,
                OrderId = order.Id,
                Part = number,
                Broker = context.Broker.Name,
                Tag = context.Broker.TagOf(id),
                State = BrokerOrderStates.Intended,
                Symbol = order.Request.Symbol,
                Side = order.Request.Side,
                Type = WireNames.Name(order.SentType),
                Quantity = TotalOf(order),
                Price = LimitOf(order),
                TriggerPrice = TriggerOf(order),
                IntendedAt = context.Now,
                UpdatedAt = context.Now,
            }
        );
        Parts.Add(part);
        Parts.Touch(part, context.Now);
        return part;
    }

    private BrokerSend? Next(PartAtBroker part, Order order)
    {
        if (order.Ending.Length > 0 && part.Row.Ending != order.Ending)
        {
            part.Row.Ending = order.Ending;
            Parts.Touch(part, context.Now);
        }

        if (part.Row.State == BrokerOrderStates.Intended)
        {
            var waits =
                part.IsPlacing
                || context.Now < part.NotBefore
                || !context.Desk.IsAgreed
                || order is { Ending.Length: > 0 } && part.Row.Attempts > 0;
            return waits ? null : new BrokerSend.Place(part, RequestOf(part, order));
        }

        if (part.Row.State != BrokerOrderStates.Working)
        {
            return null;
        }

        return order.Ending.Length > 0 ? (MayCancel(part) ? new BrokerSend.Cancel(part) : null) : ChangeOf(part, order);
    }

    private bool MayCancel(PartAtBroker part) =>
        part is { IsCancelling: false, Row: { State: BrokerOrderStates.Working, BrokerOrderId: not null } }
        && part.CancelRefusal.Length == 0
        && context.Now >= part.NotBefore;

    private BrokerSend.Change? ChangeOf(PartAtBroker part, Order order)
    {
        if (part.IsChanging || part.ChangeAnsweredAt is not null || context.Now < part.NotBefore)
        {
            return null;
        }

        if (order is { State.Status: OrderStatus.PendingUpdate, Change: { } change })
        {
            var changed = change.ApplyTo(order.Request) with { Quantity = change.Quantity - order.Reduced };
            return new BrokerSend.Change(part, changed);
        }

        var total = TotalOf(order);
        return total == part.Row.Quantity || total <= part.Row.FilledQuantity || order.State.Status is OrderStatus.Submitted
            ? null
            : new BrokerSend.Change(part, RequestOf(part, order) with { Quantity = total });
    }

    private static OrderRequest RequestOf(PartAtBroker part, Order order) =>
        order.Request with
        {
            Id = part.Row.Id,
            Type = order.SentType,
            Quantity = part.Row.Quantity,
            LimitPrice = LimitOf(order),
            Conditions = OrderConditions.None with { TriggerPrice = TriggerOf(order) },
        };

    // Of the part: what was executed of it, and what is open.
    private static decimal TotalOf(Order order) =>
        order.Held is { Sent: { } sent } ? sent.Filled + Math.Min(sent.Open, order.Active) : order.Quantity;

    private static decimal? LimitOf(Order order) =>
        order.SentType is OrderType.Limit or OrderType.StopLimit ? order.Request.LimitPrice : null;

    private static decimal? TriggerOf(Order order) =>
        order.SentType is OrderType.Stop or OrderType.StopLimit ? order.Request.Conditions.TriggerPrice : null;
}
