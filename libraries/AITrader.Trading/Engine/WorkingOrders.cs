using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>Working orders in time priority: event time, then cause, then id, so that a restart has the same order.</summary>
internal sealed class WorkingOrders
{
    private readonly List<Order> _orders = [];
    private readonly HashSet<Guid> _kept = [];

    public int Count => _orders.Count;

    public IReadOnlyList<Order> All => _orders;

    /// <summary>Whether any order may concern another.</summary>
    public bool HasLinks { get; private set; }

    public void Add(Order order)
    {
        var at = _orders.Count;
        while (at > 0 && IsBefore(order.Request, _orders[at - 1].Request))
        {
            at--;
        }

        _orders.Insert(at, order);
        HasLinks |= order.Request.Conditions is { ParentId: not null } or { OcoGroup: not null };
    }

    /// <summary>Place of the order that comes after one that was at <paramref name="at"/>, whatever has left since.</summary>
    public int Next(Order order, int at)
    {
        at = Math.Min(at, _orders.Count);
        while (at > 0 && IsBefore(order.Request, _orders[at - 1].Request))
        {
            at--;
        }

        while (at < _orders.Count && !IsBefore(order.Request, _orders[at].Request))
        {
            at++;
        }

        return at;
    }

    public Order? Find(Guid id) => _orders.Find(order => order.Id == id);

    /// <summary>Keeps what changed of an order without a step.</summary>
    public void Keep(Order order)
    {
        _kept.Add(order.Id);
        Replace(order);
    }

    /// <summary>The orders that changed without a step since this was asked last, as they are now.</summary>
    public IReadOnlyList<Order> TakeKept()
    {
        if (_kept.Count == 0)
        {
            return [];
        }

        Order[] kept = [.. _orders.Where(order => _kept.Contains(order.Id))];
        _kept.Clear();
        return kept;
    }

    /// <summary>Keeps the newest value of an order, or lets go of it when it is done.</summary>
    public void Replace(Order order)
    {
        var at = _orders.FindIndex(found => found.Id == order.Id);
        if (at < 0)
        {
            return;
        }

        if (order.State.IsTerminal)
        {
            _orders.RemoveAt(at);
            _kept.Remove(order.Id);
            HasLinks &= _orders.Count > 0;
        }
        else
        {
            _orders[at] = order;
        }
    }

    /// <summary>Open quantity of the orders that may add to a position.</summary>
    public static decimal Open(IReadOnlyList<Order> orders, string symbol, Side side)
    {
        var open = 0m;
        foreach (var order in orders)
        {
            if (order.Request.Side == side && order.Request.Symbol == symbol && !order.Request.Conditions.ReduceOnly)
            {
                open += order.Remaining;
            }
        }

        return open;
    }

    private static bool IsBefore(OrderRequest left, OrderRequest right)
    {
        var byTime = left.EventTime.CompareTo(right.EventTime);
        var bySeq = byTime != 0 ? byTime : left.Seq.CompareTo(right.Seq);
        return (bySeq != 0 ? bySeq : left.Id.CompareTo(right.Id)) < 0;
    }
}
