using AITrader.Domain.Orders;

namespace AITrader.Trading.Engine;

/// <summary>Working orders in time priority: event time, then cause, then id, so that a restart has the same order.</summary>
internal sealed class WorkingOrders
{
    private readonly List<Order> _orders = [];

    public int Count => _orders.Count;

    public IReadOnlyList<Order> All => _orders;

    public void Add(Order order)
    {
        var at = _orders.Count;
        while (at > 0 && IsBefore(order.Request, _orders[at - 1].Request))
        {
            at--;
        }

        _orders.Insert(at, order);
    }

    public Order? Find(Guid id) => _orders.Find(order => order.Id == id);

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
        }
        else
        {
            _orders[at] = order;
        }
    }

    public decimal Open(string symbol, Side side)
    {
        var open = 0m;
        foreach (var order in _orders)
        {
            if (order.Request.Side == side && order.Request.Symbol == symbol)
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
