using AITrader.Domain.Prices;

namespace AITrader.OrderBooks;

/// <summary>An order book by order (L3): price-time priority as the venue's events tell it. Rules: docs/formulas.md, section "Books". For
/// one thread.</summary>
/// <remarks>Matches nothing itself: executions come as events. What contradicts the book is refused by outcome and changes nothing.
/// Allocates only where it grows.</remarks>
/// <param name="expectedOrders">Orders that it holds without growing.</param>
public sealed class OrderBook(int expectedOrders = 4096)
{
    private readonly IdTable _ids = new(expectedOrders);
    private readonly OrderQueues _queues = new(expectedOrders);

    /// <summary>The same book by price level: depth, spread, mid, micro-price, imbalance, condition. Only this book changes it.</summary>
    public LevelBook Levels => _queues.Levels;

    /// <summary>Displayed orders.</summary>
    public int Count => _ids.Count;

    /// <summary>Open, locked, crossed or one-sided.</summary>
    public BookCondition Condition => Levels.Condition;

    /// <summary>Events refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Rented nodes: orders, and prices that have any. For the check that none leaks.</summary>
    internal (int Orders, int Prices) Rented => (_queues.Orders, _queues.Queues);

    /// <summary>Takes the next event.</summary>
    public OrderOutcome Apply(in OrderEvent change)
    {
        var outcome = change.Kind switch
        {
            OrderEventKind.Add => Add(change),
            OrderEventKind.Modify => Modify(change),
            OrderEventKind.Cancel or OrderEventKind.Execute or OrderEventKind.ExecuteWithPrice => Reduce(change),
            OrderEventKind.Delete => Delete(change.OrderId),
            OrderEventKind.Replace => Replace(change),
            OrderEventKind.HiddenExecute => OrderOutcome.NotDisplayed,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "no kind of order event"),
        };
        Refused += outcome > OrderOutcome.NotDisplayed ? 1 : 0;
        return outcome;
    }

    /// <summary>Looks an order up.</summary>
    public bool TryGet(long orderId, out RestingOrder order)
    {
        var found = _ids.Find(orderId);
        order = found < 0 ? default : _queues[found];
        return found >= 0;
    }

    /// <summary>Counts what is ahead of an order in the queue of its price; takes as long as there are orders ahead.</summary>
    public bool TryGetPosition(long orderId, out QueuePosition position)
    {
        var found = _ids.Find(orderId);
        var (orders, quantity) = (0, 0L);
        for (var ahead = found < 0 ? -1 : _queues.Previous(found); ahead >= 0; ahead = _queues.Previous(ahead))
        {
            orders++;
            quantity += _queues.Left(ahead);
        }

        position = new QueuePosition(orders, Quantity.FromRaw(quantity));
        return found >= 0;
    }

    /// <summary>Orders that wait at a price.</summary>
    public int CountAt(QuoteSide side, Price price) => _queues.CountAt(side, price.Nanos);

    /// <summary>Copies the queue of a price, first in first, as much as there is and fits.</summary>
    /// <returns>Orders copied.</returns>
    public int CopyQueue(QuoteSide side, Price price, Span<RestingOrder> target)
    {
        var copied = 0;
        for (var order = _queues.First(side, price.Nanos); order >= 0 && copied < target.Length; order = _queues.Next(order))
        {
            target[copied++] = _queues[order];
        }

        return copied;
    }

    /// <summary>FNV-1a (64 bits) of the whole book, every queue in its order: equal books have equal sums, however they were
    /// reached.</summary>
    public ulong Checksum() => Hash(Hash(Fnv1a.Start, QuoteSide.Bid, Levels.Bids), QuoteSide.Ask, Levels.Asks);

    /// <summary>Removes every order, as before a new session; <see cref="Refused"/> stays.</summary>
    public void Clear()
    {
        _ids.Clear();
        _queues.Clear();
    }

    private OrderOutcome Add(in OrderEvent change)
    {
        if (change.Quantity.Raw <= 0)
        {
            return OrderOutcome.BadQuantity;
        }

        if (_ids.Find(change.OrderId) >= 0)
        {
            return OrderOutcome.DuplicateOrder;
        }

        if (!_queues.HasRoom(change.Side, change.Price.Nanos, change.Quantity.Raw))
        {
            return OrderOutcome.LevelTooLarge;
        }

        Put(change.OrderId, change.Side, change.Price, change.Quantity);
        return OrderOutcome.Applied;
    }

    private OrderOutcome Modify(in OrderEvent change)
    {
        var order = _ids.Find(change.OrderId);
        if (order < 0)
        {
            return OrderOutcome.UnknownOrder;
        }

        var before = _queues[order];
        if (change.Quantity.Raw <= 0)
        {
            return OrderOutcome.BadQuantity;
        }

        if (change.Price == before.Price && change.Quantity.Raw <= before.Quantity.Raw)
        {
            _queues.Reduce(order, before.Quantity.Raw - change.Quantity.Raw);
            return OrderOutcome.Applied;
        }

        return Move(before, change.OrderId, change.Price, change.Quantity);
    }

    private OrderOutcome Reduce(in OrderEvent change)
    {
        var order = _ids.Find(change.OrderId);
        if (order < 0)
        {
            return OrderOutcome.UnknownOrder;
        }

        if (change.Quantity.Raw <= 0)
        {
            return OrderOutcome.BadQuantity;
        }

        var left = _queues.Left(order) - change.Quantity.Raw;
        if (left < 0)
        {
            return OrderOutcome.ExceedsOrder;
        }

        if (left == 0)
        {
            return Delete(change.OrderId);
        }

        _queues.Reduce(order, change.Quantity.Raw);
        return OrderOutcome.Applied;
    }

    private OrderOutcome Delete(long id)
    {
        var order = _ids.Remove(id);
        if (order < 0)
        {
            return OrderOutcome.UnknownOrder;
        }

        _queues.Dequeue(order);
        return OrderOutcome.Applied;
    }

    private OrderOutcome Replace(in OrderEvent change)
    {
        var order = _ids.Find(change.OrderId);
        if (order < 0)
        {
            return OrderOutcome.UnknownOrder;
        }

        if (change.Quantity.Raw <= 0)
        {
            return OrderOutcome.BadQuantity;
        }

        return change.NewOrderId != change.OrderId && _ids.Find(change.NewOrderId) >= 0
            ? OrderOutcome.DuplicateOrder
            : Move(_queues[order], change.NewOrderId, change.Price, change.Quantity);
    }

    private OrderOutcome Move(in RestingOrder before, long id, Price price, Quantity quantity)
    {
        // What the order itself leaves behind at the same price makes room.
        var more = price == before.Price ? quantity.Raw - before.Quantity.Raw : quantity.Raw;
        if (!_queues.HasRoom(before.Side, price.Nanos, Math.Max(0, more)))
        {
            return OrderOutcome.LevelTooLarge;
        }

        Delete(before.Id);
        Put(id, before.Side, price, quantity);
        return OrderOutcome.Applied;
    }

    private void Put(long id, QuoteSide side, Price price, Quantity quantity) =>
        _ids.Add(id, _queues.Enqueue(id, side, price.Nanos, quantity.Raw));

    private ulong Hash(ulong hash, QuoteSide side, BookSide levels)
    {
        hash = Fnv1a.Add(hash, levels.Count);
        foreach (var level in levels)
        {
            hash = Fnv1a.Add(Fnv1a.Add(hash, level.Price.Nanos), CountAt(side, level.Price));
            for (var order = _queues.First(side, level.Price.Nanos); order >= 0; order = _queues.Next(order))
            {
                hash = Fnv1a.Add(Fnv1a.Add(hash, _queues[order].Id), _queues.Left(order));
            }
        }

        return hash;
    }
}
