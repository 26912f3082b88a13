using AITrader.Domain.Orders;
using AITrader.Strategies.Accounts;
using AITrader.Trading.Risk;

namespace AITrader.Strategies.Exits;

/// <summary>A position from its first execution until it is flat or on the other side.</summary>
/// <param name="Number">Number of the holding: another one has another.</param>
/// <param name="Quantity">Signed quantity.</param>
internal readonly record struct Holding(long Number, decimal Quantity);

/// <summary>What is held, execution by execution: the portfolio may have later ones already.</summary>
internal sealed class Holdings
{
    private readonly Dictionary<string, Holding> _open = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>Takes up what is held when a strategy starts; the symbols of it.</summary>
    internal IReadOnlyCollection<string> Start(IEnumerable<string> symbols, IPortfolio portfolio)
    {
        foreach (var symbol in symbols)
        {
            if (portfolio.PositionOf(symbol).Quantity is not 0m and var quantity)
            {
                _open[symbol] = new Holding(++_number, quantity);
            }
        }

        return _open.Keys;
    }

    /// <summary>The holding of a symbol; null where it is flat.</summary>
    internal Holding? Find(string symbol) => _open.TryGetValue(symbol, out var holding) ? holding : null;

    /// <summary>Takes an execution.</summary>
    /// <returns>What it added to the position, and whether that began a new holding.</returns>
    internal (decimal Added, bool IsNew) Take(Fill fill)
    {
        var before = _open.GetValueOrDefault(fill.Symbol);
        var added = Exposure.Adding(before.Quantity, fill.Side, 0m, fill.Quantity);
        var after = before.Quantity + fill.SignedQuantity;
        var isNew = after != 0m && (before.Quantity == 0m || Math.Sign(before.Quantity) != Math.Sign(after));
        if (after == 0m)
        {
            _open.Remove(fill.Symbol);
        }
        else
        {
            _open[fill.Symbol] = new Holding(isNew ? ++_number : before.Number, after);
        }

        return (added, isNew);
    }
}
