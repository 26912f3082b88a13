using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>Brings working orders together with the market: triggers, trades against the book, and the queue at a price.</summary>
internal sealed class Matcher(BrokerState state, LiveMarket market, MarketBoard board)
{
    // What stands before an order at its price. It is not in the journal: after a restart the order stands at the end again.
    private readonly Dictionary<string, long> _ahead = new(StringComparer.Ordinal);

    /// <summary>Tries an order that has just come to the exchange, or was changed there.</summary>
    public BrokerOrder Enter(BrokerOrder order, DateTimeOffset now)
    {
        if (order.NotBefore > now)
        {
            return order;
        }

        order = Trigger(order, now);
        if (order.Status != OrderStatus.Open)
        {
            return order;
        }

        order = TakeFromBook(order, order.MaxFill ?? order.Pending, Limit(order.Ticket), null, now);
        return order.IsFinal ? order : Rest(order, now);
    }

    /// <summary>Tries an order that waits, after a step of the market.</summary>
    public BrokerOrder Step(BrokerOrder order, DateTimeOffset now)
    {
        var wasOpen = order.Status == OrderStatus.Open;
        order = Trigger(order, now);
        if (order.Status != OrderStatus.Open)
        {
            return order;
        }

        // What comes to an order that waits pays its price; one that was triggered just now takes what is there.
        var ownPrice = wasOpen && !order.Ticket.IsMarket ? order.Ticket.Price : (decimal?)null;
        var most = order.MaxFill ?? order.Pending;
        var filled = order.Filled;
        order = TakeFromBook(order, most, Limit(order.Ticket), ownPrice, now);
        return order.IsFinal || order.Filled > filled ? order : TakeFromQueue(order, most, now);
    }

    /// <summary>The order is over.</summary>
    public void Forget(string id) => _ahead.Remove(id);

    private BrokerOrder Trigger(BrokerOrder order, DateTimeOffset now)
    {
        if (order.Status != OrderStatus.TriggerPending)
        {
            return order;
        }

        var last = board.Entries[order.Ticket.Token].Snapshot.LastPrice;
        var isReached = order.Ticket.IsBuy ? last >= order.Ticket.TriggerPrice : last <= order.Ticket.TriggerPrice;
        return isReached ? state.Keep(order with { Status = OrderStatus.Open, IsTriggered = true, ExchangeUpdatedAt = now }) : order;
    }

    private decimal? Limit(OrderTicket ticket)
    {
        const decimal BrokersChoice = 3;
        if (!ticket.IsMarket)
        {
            return ticket.Price;
        }

        if (ticket.MarketProtection == 0)
        {
            return null;
        }

        var percent = ticket.MarketProtection == -1 ? BrokersChoice : ticket.MarketProtection;
        return board.Entries[ticket.Token].Snapshot.LastPrice * (1 + ((ticket.IsBuy ? percent : -percent) / 100));
    }

    private BrokerOrder TakeFromBook(BrokerOrder order, int most, decimal? limit, decimal? ownPrice, DateTimeOffset now)
    {
        var ticket = order.Ticket;
        foreach (var taken in market.Take(ticket.Token, ticket.IsBuy, Math.Min(most, order.Pending), limit, now))
        {
            order = Fill(order, ownPrice ?? taken.Price, taken.Quantity, now);
        }

        return order;
    }

    // The market traded at the order's price: first what stood before it, then it.
    private BrokerOrder TakeFromQueue(BrokerOrder order, int most, DateTimeOffset now)
    {
        var entry = board.Entries[order.Ticket.Token];
        if (order.Ticket.IsMarket || entry.Printed is not { } print || print.Price != order.Ticket.Price)
        {
            return order;
        }

        // Others may have left the queue meanwhile.
        var shown = Shown(order.Ticket);
        var ahead = Math.Min(_ahead.GetValueOrDefault(order.Id, shown), shown);
        var reaches = (int)Math.Max(0, print.Quantity - ahead);
        _ahead[order.Id] = Math.Max(0, ahead - print.Quantity);
        var part = Math.Min(Math.Min(reaches, most), order.Pending);
        return part > 0 ? Fill(order, order.Ticket.Price, part, now) : order;
    }

    private BrokerOrder Rest(BrokerOrder order, DateTimeOffset now)
    {
        if (order.Ticket.Validity != "IOC")
        {
            _ahead[order.Id] = Shown(order.Ticket);
            return order;
        }

        return state.Keep(order with { Status = OrderStatus.Cancelled, Cancelled = order.Pending, ExchangeUpdatedAt = now });
    }

    private long Shown(OrderTicket ticket)
    {
        var book = board.Entries[ticket.Token].Snapshot;
        var levels = ticket.IsBuy ? book.Bids : book.Offers;
        return levels.Where(level => level.Price == ticket.Price).Sum(static level => level.Quantity);
    }

    private BrokerOrder Fill(BrokerOrder order, decimal price, int quantity, DateTimeOffset now)
    {
        var ticket = order.Ticket;
        var trade = new Trade(
            state.Ids.NextTrade(),
            order.Id,
            order.ExchangeId!,
            ticket.Exchange,
            ticket.Symbol,
            ticket.Token,
            ticket.Product,
            ticket.IsBuy,
            quantity,
            price,
            order.ExchangeAt ?? now,
            now
        );
        var filled = order.Filled + quantity;
        if (filled == ticket.Quantity)
        {
            Forget(order.Id);
        }

        return state.Keep(
            order with
            {
                Filled = filled,
                FilledValue = order.FilledValue + trade.Value,
                Status = filled == ticket.Quantity ? OrderStatus.Complete : OrderStatus.Open,
                ExchangeUpdatedAt = now,
            },
            trade
        );
    }
}
