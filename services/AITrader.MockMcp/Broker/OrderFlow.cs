using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using Microsoft.Extensions.Options;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Broker;

/// <summary>The life of an order, from its request to its end. Not safe from several threads.</summary>
internal sealed class OrderFlow(BrokerState state, Rms rms, Matcher matcher, OrderFaults faults, IOptions<BrokerOptions> options)
{
    /// <summary>Takes an order. It has an id then, and may be rejected all the same.</summary>
    /// <exception cref="BrokerRefusalException">It is not taken.</exception>
    public BrokerOrder Place(OrderTicket ticket, DateTimeOffset now, string? parentId = null)
    {
        OrderRules.Check(ticket);
        CheckHours(ticket, now);
        if (ticket is { Variety: "co", HasTrigger: true })
        {
            throw Invalid("order_type");
        }

        if (ticket.Variety == "iceberg")
        {
            var leg = new IcebergLeg(1, ticket.IcebergLegs, ticket.IcebergQuantity, ticket.Quantity);
            return Create(ticket with { Quantity = ticket.IcebergQuantity }, now, parentId, leg);
        }

        return Create(ticket, now, parentId, null);
    }

    /// <summary>Changes an order that is not final.</summary>
    /// <exception cref="BrokerRefusalException">It stays as it was.</exception>
    public BrokerOrder Modify(string variety, string id, OrderChange change, DateTimeOffset now)
    {
        var order = Find(variety, id);
        if (order.IsFinal)
        {
            throw Order($"Order cannot be modified as it is {order.Status.ToUpperInvariant()}.");
        }

        if (order.Modifications >= OrderRules.MaxModifications)
        {
            throw Order("Maximum allowed order modifications exceeded.");
        }

        var ticket = change.ApplyTo(order.Ticket);
        OrderRules.Check(ticket.Variety == "iceberg" ? ticket with { Quantity = order.Iceberg!.TotalQuantity } : ticket);
        if (ticket.Quantity <= order.Filled)
        {
            throw Invalid("quantity");
        }

        return Change(order, ticket, now);
    }

    /// <summary>Cancels an order that is not final. The second leg of a cover order is ended at the market instead.</summary>
    /// <exception cref="BrokerRefusalException">It stays as it was.</exception>
    public BrokerOrder Cancel(string variety, string id, DateTimeOffset now)
    {
        var order = Find(variety, id);
        if (order.IsFinal)
        {
            throw Order($"Order cannot be cancelled as it is {order.Status.ToUpperInvariant()}.");
        }

        return order is { Ticket.Variety: "co", ParentId: not null }
            ? Change(order, order.Ticket with { OrderType = "MARKET" }, now)
            : End(order with { RequestedAt = now }, now);
    }

    /// <summary>Ends what is left of an order.</summary>
    public BrokerOrder End(BrokerOrder order, DateTimeOffset now)
    {
        matcher.Forget(order.Id);
        order = state.Keep(order with { Status = OrderStatus.CancelPending });
        return state.Keep(
            order with
            {
                Status = OrderStatus.Cancelled,
                Cancelled = order.Pending,
                ExchangeUpdatedAt = order.ExchangeAt is null ? null : now,
            }
        );
    }

    /// <summary>Sends an order that waited for the opening.</summary>
    public BrokerOrder Release(BrokerOrder order, DateTimeOffset now) => Send(order with { NotBefore = null }, now);

    /// <summary>What follows from a fill: the second leg of a cover order, the next of an iceberg.</summary>
    public void Follow(BrokerOrder order, DateTimeOffset now)
    {
        if (order.Status != OrderStatus.Complete)
        {
            return;
        }

        if (order is { Ticket.Variety: "co", ParentId: null })
        {
            var exit = order.Ticket with { IsBuy = !order.Ticket.IsBuy, OrderType = "SL-M", Price = 0 };
            Create(exit, now, order.Id, null);
        }
        else if (order.Iceberg is { Remaining: > 0 } leg)
        {
            var next = leg with { Leg = leg.Leg + 1 };
            Create(order.Ticket with { Quantity = Math.Min(leg.LegQuantity, leg.Remaining) }, now, order.ParentId, next);
        }
    }

    private BrokerOrder Find(string variety, string id)
    {
        if (!OrderRules.IsVariety(variety))
        {
            throw new BrokerRefusalException(405, "GeneralException", "Requested method not allowed");
        }

        return state.Order(id) is { } order && order.Ticket.Variety == variety ? order : throw Order("Couldn't find that `order_id`.");
    }

    private void CheckHours(OrderTicket ticket, DateTimeOffset now)
    {
        if (!options.Value.MarketHours)
        {
            return;
        }

        var isOpen = TradingHours.Contain(IndianTime.LocalOf(now));
        if (ticket.Variety == "amo" && isOpen)
        {
            throw Order("After market orders cannot be placed while the market is open.");
        }

        if (ticket.Variety != "amo" && !isOpen)
        {
            throw Order("Markets are closed right now. Use an after market order (AMO) or GTT.");
        }
    }

    private BrokerOrder Create(OrderTicket ticket, DateTimeOffset now, string? parentId, IcebergLeg? leg)
    {
        var isAfterMarket = ticket.Variety == "amo";
        var order = new BrokerOrder
        {
            Id = state.Ids.NextOrder(now),
            Ticket = ticket,
            Status = isAfterMarket ? OrderStatus.AmoReceived : OrderStatus.Received,
            ParentId = parentId,
            PlacedAt = now,
            RequestedAt = now,
            Iceberg = leg,
        };
        if (isAfterMarket)
        {
            return state.Keep(order with { NotBefore = IndianTime.At(TradingHours.NextOpen(IndianTime.LocalOf(now))) });
        }

        return Send(state.Keep(faults.Mark(order, now)), now);
    }

    private BrokerOrder Send(BrokerOrder order, DateTimeOffset now)
    {
        order = state.Keep(order with { Status = OrderStatus.ValidationPending });
        if (rms.Judge(order) is { } rejection)
        {
            return state.Keep(order with { Status = OrderStatus.Rejected, Message = rejection.Message, RawMessage = rejection.Raw });
        }

        order = state.Keep(order with { Status = OrderStatus.OpenPending, ExchangeId = state.Ids.NextExchangeOrder() });
        order = state.Keep(order with { Status = Working(order), ExchangeAt = now, ExchangeUpdatedAt = now });
        order = matcher.Enter(order, now);
        Follow(order, now);
        return order;
    }

    private BrokerOrder Change(BrokerOrder order, OrderTicket ticket, DateTimeOffset now)
    {
        var before = order;
        order = state.Keep(order with { Status = OrderStatus.ModifyValidationPending, RequestedAt = now });
        if (before.Status != OrderStatus.AmoReceived && rms.Judge(order with { Ticket = ticket }) is { } rejection)
        {
            return state.Keep(before with { RequestedAt = now, Message = rejection.Message, RawMessage = rejection.Raw });
        }

        var losesPlace = ticket.Price != before.Ticket.Price || ticket.Quantity > before.Ticket.Quantity;
        order = state.Keep(order with { Status = OrderStatus.ModifyPending });
        order = state.Keep(order with { Status = OrderStatus.Modified, Ticket = ticket, Modifications = order.Modifications + 1 });
        if (before.Status == OrderStatus.AmoReceived)
        {
            return state.Keep(order with { Status = OrderStatus.AmoReceived });
        }

        order = state.Keep(order with { Status = Working(order), ExchangeUpdatedAt = now });
        order = losesPlace || ticket.OrderType != before.Ticket.OrderType ? matcher.Enter(order, now) : order;
        Follow(order, now);
        return order;
    }

    private static string Working(BrokerOrder order) =>
        order.Ticket.HasTrigger && !order.IsTriggered ? OrderStatus.TriggerPending : OrderStatus.Open;
}
