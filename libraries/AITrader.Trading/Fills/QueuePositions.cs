using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Market;

namespace AITrader.Trading.Fills;

/// <summary>Places of resting orders in the queues at their prices. docs/formulas-trading.md, section Fills, has the rules in
/// words.</summary>
internal sealed class QueuePositions(ulong seed)
{
    private readonly Dictionary<Guid, Place> _places = [];

    /// <summary>Quantity ahead of an order; null where it is not known.</summary>
    public decimal? AheadOf(Guid order) => _places.TryGetValue(order, out var place) ? place.Ahead : null;

    /// <summary>An order comes to rest: behind all that is shown at its price.</summary>
    public void Enter(Order order, MarketState market, IBookView? book)
    {
        var (side, limit) = (order.Request.Side, order.Request.LimitPrice!.Value);
        var own = side == Side.Buy ? market.Bid : market.Ask;
        var shown =
            own.Price is not { } touch ? null
            : touch == limit ? own.Size
            : IsBetter(side, limit, touch) ? 0m
            : Behind(side, limit, book);
        _places[order.Id] = new Place(shown, shown, 0m);
    }

    /// <summary>Quantity of a trade at the order's price that reaches it, after those ahead.</summary>
    public decimal Reach(Order order, in Tick tick)
    {
        if (!_places.TryGetValue(order.Id, out var place))
        {
            return 0m;
        }

        var limit = order.Request.LimitPrice!.Value;
        var reached = 0m;
        if (tick.IsTrade && tick.Price == limit)
        {
            var before = place.Ahead;
            reached = before is { } ahead ? Math.Max(0m, tick.Volume - ahead) : 0m;
            place = place with
            {
                Ahead = before is { } queue ? Math.Max(0m, queue - tick.Volume) : null,
                Traded = place.Traded + tick.Volume,
            };
        }

        _places[order.Id] = Show(order, place, tick);
        return reached;
    }

    /// <summary>Forgets orders that are not working any more, once there are many of them.</summary>
    public void Trim(IReadOnlyCollection<Order> working, int spare)
    {
        if (_places.Count <= (2 * working.Count) + spare)
        {
            return;
        }

        var known = working.Select(static order => order.Id).ToHashSet();
        foreach (var gone in _places.Keys.Where(id => !known.Contains(id)).ToArray())
        {
            _places.Remove(gone);
        }
    }

    private Place Show(Order order, Place place, in Tick tick)
    {
        var (side, limit) = (order.Request.Side, order.Request.LimitPrice!.Value);
        var (price, size) = side == Side.Buy ? (tick.Bid, tick.BidSize) : (tick.Ask, tick.AskSize);
        if (price is not { } touch)
        {
            return place;
        }

        if (touch != limit)
        {
            // At a price better than what is shown there is nobody else.
            return IsBetter(side, limit, touch) ? new Place(0m, null, 0m) : place with { Seen = null, Traded = 0m };
        }

        if (size is not { } shown)
        {
            return place with { Seen = null, Traded = 0m };
        }

        var ahead = place.Ahead is { } queue ? Math.Min(AfterCancels(order, place, queue, shown, tick.Seq), shown) : shown;
        return new Place(ahead, shown, 0m);
    }

    // What left the level without a trade was cancelled; that it stood ahead is as likely as the part of the level that does.
    private decimal AfterCancels(Order order, Place place, decimal ahead, decimal shown, long seq)
    {
        var left = (place.Seen ?? shown) - place.Traded;
        var cancelled = left - shown;
        return cancelled > 0m && SeededDraw.Of(seed, order.Id, seq, DrawPurpose.Cancel) < (double)(ahead / left)
            ? Math.Max(0m, ahead - cancelled)
            : ahead;
    }

    private static decimal? Behind(Side side, decimal limit, IBookView? book)
    {
        if (book?.Levels(side) is not { Count: > 0 } levels || IsBetter(side, levels[^1].Price, limit))
        {
            return null;
        }

        foreach (var level in levels)
        {
            if (level.Price == limit)
            {
                return level.Size;
            }
        }

        return 0m;
    }

    private static bool IsBetter(Side side, decimal price, decimal than) => side == Side.Buy ? price > than : price < than;

    // Ahead: null where the level was never shown. Seen: its size when it was shown last. Traded: at the price since then.
    private readonly record struct Place(decimal? Ahead, decimal? Seen, decimal Traded);
}
