using AITrader.Strategies.Accounts;
using AITrader.Strategies.Orders;

namespace AITrader.Strategies.Exits;

/// <summary>Closes positions and stays at it until they are flat: an order that was denied, for want of a fresh price for one, is placed
/// again.</summary>
internal sealed class Closings(OrderFactory orders, IPortfolio portfolio, Func<DateTimeOffset> now)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Closing> _closing = new(StringComparer.Ordinal);

    internal bool IsEmpty => _closing.Count == 0;

    /// <summary>Closes a position, if there is one, after its working orders were cancelled.</summary>
    internal void Close(string symbol, string tag)
    {
        if (portfolio.PositionOf(symbol).Quantity != 0m && !_closing.ContainsKey(symbol))
        {
            Place(symbol, tag);
        }
    }

    /// <summary>Looks after what is being closed, at each tick of its symbol.</summary>
    internal void OnTick(string symbol)
    {
        if (!_closing.TryGetValue(symbol, out var closing))
        {
            return;
        }

        if (portfolio.PositionOf(symbol).Quantity == 0m)
        {
            _closing.Remove(symbol);
        }
        else if (now() >= closing.At + RetryAfter && !IsWorking(closing.Order))
        {
            Place(symbol, closing.Tag);
        }
    }

    /// <summary>A position is flat, or on the other side: there is nothing left of it to close.</summary>
    internal void End(string symbol) => _closing.Remove(symbol);

    private void Place(string symbol, string tag) => _closing[symbol] = new Closing(tag, now(), orders.Close(symbol, tag));

    private bool IsWorking(Guid? id) => portfolio.Working.Any(order => order.Id == id);

    private sealed record Closing(string Tag, DateTimeOffset At, Guid? Order);
}
