using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks.Tests;

/// <summary>What a book by order must be, in lists and sorting: slow, and too simple to be wrong.</summary>
internal sealed class NaiveOrders
{
    private readonly List<RestingOrder> _byArrival = [];

    internal IReadOnlyList<RestingOrder> Orders => _byArrival;

    internal OrderOutcome Apply(in OrderEvent change)
    {
        var (id, quantity) = (change.OrderId, change.Quantity.Raw);
        var at = _byArrival.FindIndex(order => order.Id == id);
        if (change.Kind == OrderEventKind.HiddenExecute)
        {
            return OrderOutcome.NotDisplayed;
        }

        if (change.Kind != OrderEventKind.Add && at < 0)
        {
            return OrderOutcome.UnknownOrder;
        }

        if (change.Kind != OrderEventKind.Delete && quantity <= 0)
        {
            return OrderOutcome.BadQuantity;
        }

        switch (change.Kind)
        {
            case OrderEventKind.Add:
                if (at >= 0)
                {
                    return OrderOutcome.DuplicateOrder;
                }

                _byArrival.Add(new RestingOrder(id, change.Side, change.Price, change.Quantity));
                break;
            case OrderEventKind.Modify:
                var before = _byArrival[at];
                if (before.Price == change.Price && quantity <= before.Quantity.Raw)
                {
                    _byArrival[at] = before with { Quantity = change.Quantity };
                    break;
                }

                _byArrival.RemoveAt(at);
                _byArrival.Add(before with { Price = change.Price, Quantity = change.Quantity });
                break;
            case OrderEventKind.Delete:
                _byArrival.RemoveAt(at);
                break;
            case OrderEventKind.Replace:
                var (newId, old) = (change.NewOrderId, _byArrival[at]);
                if (newId != id && _byArrival.Exists(order => order.Id == newId))
                {
                    return OrderOutcome.DuplicateOrder;
                }

                _byArrival.RemoveAt(at);
                _byArrival.Add(new RestingOrder(newId, old.Side, change.Price, change.Quantity));
                break;
            default:
                var left = _byArrival[at].Quantity.Raw - quantity;
                if (left < 0)
                {
                    return OrderOutcome.ExceedsOrder;
                }

                _byArrival[at] = _byArrival[at] with { Quantity = Quantity.FromRaw(left) };
                _byArrival.RemoveAll(static order => order.Quantity.Raw == 0);
                break;
        }

        return OrderOutcome.Applied;
    }

    /// <summary>Levels of a side, best first.</summary>
    internal List<BookLevel> Levels(QuoteSide side)
    {
        var levels = _byArrival
            .Where(order => order.Side == side)
            .GroupBy(static order => order.Price.Nanos)
            .Select(static queue => new BookLevel(
                Price.FromNanos(queue.Key),
                Quantity.FromRaw(queue.Sum(static order => order.Quantity.Raw))
            ));
        return
        [
            .. side == QuoteSide.Bid ? levels.OrderByDescending(static level => level.Price) : levels.OrderBy(static level => level.Price),
        ];
    }

    internal RestingOrder[] Queue(QuoteSide side, Price price) =>
        [.. _byArrival.Where(order => order.Side == side && order.Price == price)];
}
