using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies.Exits;

/// <summary>Kinds of orders that close a position at a price.</summary>
internal enum ProtectiveKind
{
    Stop,
    Target,
    Trail,
}

/// <summary>Places the orders that close what an entry got: one set an execution, of which one cancels the others. They only
/// reduce.</summary>
internal sealed class ProtectiveOrders(OrderFactory orders, IPortfolio portfolio, Closings closings)
{
    private readonly Dictionary<string, List<(ProtectiveKind Kind, Distance Distance)>> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _placed = [];

    /// <exception cref="InvalidOperationException">The symbol has one of that kind already.</exception>
    internal void Ask(string symbol, ProtectiveKind kind, Distance distance)
    {
        var asked = _asked.TryGetValue(symbol, out var known) ? known : _asked[symbol] = [];
        if (asked.Exists(one => one.Kind == kind))
        {
            throw new InvalidOperationException($"{symbol} has a {TagOf(kind)} already: ask for one of a kind.");
        }

        asked.Add((kind, distance));
    }

    /// <summary>Whether all distances of a symbol are known: else it would be held without its exits.</summary>
    internal bool AreKnown(string symbol) =>
        !_asked.TryGetValue(symbol, out var asked)
        || (portfolio.PriceOf(symbol) is { } price && asked.TrueForAll(one => one.Distance.From(price) is not null));

    /// <summary>Places the exits of what an execution added.</summary>
    internal void OnEntry(Fill fill, decimal quantity)
    {
        if (!_asked.TryGetValue(fill.Symbol, out var asked))
        {
            return;
        }

        var group = asked.Count > 1 ? DeterministicId.Leg(fill.ExecId, "oco") : (Guid?)null;
        foreach (var (kind, distance) in asked)
        {
            if (distance.From(fill.Price) is not { } away)
            {
                closings.Close(fill.Symbol, $"{TagOf(kind)} unknown");
                return;
            }

            Place(fill, quantity, kind, away, new OrderConditions { ReduceOnly = true, OcoGroup = group });
        }
    }

    /// <summary>An exit that was not taken leaves the position open: it is closed.</summary>
    internal void OnOrder(OrderUpdate update)
    {
        if (update.Order.State.IsTerminal && _placed.Remove(update.Order.Id) && update.Status is OrderStatus.Denied or OrderStatus.Rejected)
        {
            closings.Close(update.Order.Request.Symbol, $"{update.Tag} refused");
        }
    }

    private void Place(Fill fill, decimal quantity, ProtectiveKind kind, decimal away, OrderConditions conditions)
    {
        var sign = fill.Side.Sign();
        var below = fill.Price - (sign * away);
        var id = kind switch
        {
            ProtectiveKind.Stop => Place(fill, OrderType.Stop, quantity, null, conditions with { TriggerPrice = below }, kind),
            ProtectiveKind.Target => Place(fill, OrderType.Limit, quantity, fill.Price + (sign * away), conditions, kind),
            _ => Place(fill, OrderType.TrailingStop, quantity, null, conditions with { TriggerPrice = below, TrailingAmount = away }, kind),
        };
        if (id is { } placed)
        {
            _placed.Add(placed);
        }
    }

    private Guid? Place(Fill fill, OrderType type, decimal quantity, decimal? price, OrderConditions conditions, ProtectiveKind kind) =>
        orders.Place(
            fill.Symbol,
            fill.Side == Side.Buy ? Side.Sell : Side.Buy,
            type,
            quantity,
            price,
            conditions: conditions,
            tag: TagOf(kind)
        );

    private static string TagOf(ProtectiveKind kind) =>
        kind switch
        {
            ProtectiveKind.Stop => "stop",
            ProtectiveKind.Target => "target",
            _ => "trailing stop",
        };
}
