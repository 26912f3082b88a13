using AITrader.Domain.Prices;

namespace AITrader.OrderBooks;

/// <summary>The orders of a book, each in the queue of its price, and the book by level that they make up. For one thread.</summary>
internal sealed class OrderQueues(int expectedOrders)
{
    private const int None = -1;
    private const int ExpectedLevels = 1024;

    private readonly NodePool<OrderNode> _orders = new(expectedOrders);
    private readonly NodePool<PriceQueue> _queues = new(Math.Min(ExpectedLevels, expectedOrders));
    private readonly IdTable _bids = new(Math.Min(ExpectedLevels, expectedOrders)); // queue by price
    private readonly IdTable _asks = new(Math.Min(ExpectedLevels, expectedOrders));

    internal LevelBook Levels { get; } = new();

    internal int Orders => _orders.Rented;

    internal int Queues => _queues.Rented;

    internal RestingOrder this[int order]
    {
        get
        {
            ref readonly var node = ref _orders[order];
            ref readonly var queue = ref _queues[node.Queue];
            return new RestingOrder(node.Id, queue.Side, Price.FromNanos(queue.Price), Quantity.FromRaw(node.Quantity));
        }
    }

    /// <summary>What is left of an order.</summary>
    internal long Left(int order) => _orders[order].Quantity;

    /// <summary>Whether a quantity more fits the sum of a price.</summary>
    internal bool HasRoom(QuoteSide side, long price, long quantity) =>
        Find(side, price) is var queue && (queue < 0 || _queues[queue].Quantity <= long.MaxValue - quantity);

    /// <summary>The first order of a queue, or -1.</summary>
    internal int First(QuoteSide side, long price) => Find(side, price) is var queue && queue < 0 ? None : _queues[queue].First;

    /// <summary>The order behind, or -1.</summary>
    internal int Next(int order) => _orders[order].Next;

    /// <summary>The order ahead, or -1.</summary>
    internal int Previous(int order) => _orders[order].Previous;

    /// <summary>Orders that wait at a price.</summary>
    internal int CountAt(QuoteSide side, long price) => Find(side, price) is var queue && queue < 0 ? 0 : _queues[queue].Count;

    /// <summary>Puts an order last in the queue of its price.</summary>
    internal int Enqueue(long id, QuoteSide side, long price, long quantity)
    {
        var at = Find(side, price);
        if (at < 0)
        {
            at = Open(side, price);
        }

        var order = _orders.Rent();
        ref var queue = ref _queues[at];
        _orders[order] = new OrderNode
        {
            Id = id,
            Quantity = quantity,
            Queue = at,
            Previous = queue.Last,
            Next = None,
        };
        if (queue.Last == None)
        {
            queue.First = order;
        }
        else
        {
            _orders[queue.Last].Next = order;
        }

        queue.Last = order;
        queue.Count++;
        queue.Quantity += quantity;
        Show(ref queue);
        return order;
    }

    /// <summary>Takes an order out of its queue.</summary>
    internal void Dequeue(int order)
    {
        ref readonly var node = ref _orders[order];
        var at = node.Queue;
        ref var queue = ref _queues[at];
        Link(ref queue, node.Previous, node.Next);
        queue.Count--;
        queue.Quantity -= node.Quantity;
        _orders.Return(order);
        Show(ref queue);
        if (queue.Count == 0)
        {
            Table(queue.Side).Remove(queue.Price);
            _queues.Return(at);
        }
    }

    /// <summary>Takes part of an order away; it keeps its place.</summary>
    internal void Reduce(int order, long quantity)
    {
        ref var node = ref _orders[order];
        node.Quantity -= quantity;
        ref var queue = ref _queues[node.Queue];
        queue.Quantity -= quantity;
        Show(ref queue);
    }

    internal void Clear()
    {
        _orders.Clear();
        _queues.Clear();
        _bids.Clear();
        _asks.Clear();
        Levels.Clear();
    }

    private int Find(QuoteSide side, long price) => Table(side).Find(price);

    private IdTable Table(QuoteSide side) => side == QuoteSide.Bid ? _bids : _asks;

    private int Open(QuoteSide side, long price)
    {
        var queue = _queues.Rent();
        _queues[queue] = new PriceQueue
        {
            Price = price,
            Side = side,
            First = None,
            Last = None,
        };
        Table(side).Add(price, queue);
        return queue;
    }

    private void Link(ref PriceQueue queue, int previous, int next)
    {
        if (previous == None)
        {
            queue.First = next;
        }
        else
        {
            _orders[previous].Next = next;
        }

        if (next == None)
        {
            queue.Last = previous;
        }
        else
        {
            _orders[next].Previous = previous;
        }
    }

    private void Show(ref PriceQueue queue) =>
        queue.Lay = (queue.Side == QuoteSide.Bid ? Levels.Bids : Levels.Asks).Set(
            Price.FromNanos(queue.Price),
            Quantity.FromRaw(queue.Quantity),
            queue.Lay
        );

    private struct OrderNode
    {
        internal long Id;
        internal long Quantity;
        internal int Queue;
        internal int Previous;
        internal int Next;
    }

    private struct PriceQueue
    {
        internal long Price;
        internal long Quantity;
        internal int First;
        internal int Last;
        internal int Count;
        internal int Lay; // where its level lay
        internal QuoteSide Side;
    }
}
