using AITrader.Domain.Orders;
using AITrader.Domain.Quotes;

namespace AITrader.Trading.Market;

/// <summary>What our orders took of the levels behind the touch: back only when a level's size changes.</summary>
internal sealed class DepthTaken
{
    private readonly Dictionary<(string Symbol, Side Side, long Price), (long Size, decimal Taken)> _taken = [];

    /// <summary>What is left of a level for us.</summary>
    public decimal Available(string symbol, Side side, BookLevel level) =>
        Math.Max(0m, level.Size - TakenOf((symbol, side, level.Price.Nanos), level));

    /// <summary>We took a quantity of a level.</summary>
    public void Take(string symbol, Side side, BookLevel level, decimal quantity)
    {
        var key = (symbol, side, level.Price.Nanos);
        _taken[key] = (level.Size.Raw, TakenOf(key, level) + quantity);
    }

    /// <summary>Forgets everything: a run has ended.</summary>
    public void Clear() => _taken.Clear();

    private decimal TakenOf((string, Side, long) key, BookLevel level) =>
        _taken.TryGetValue(key, out var found) && found.Size == level.Size.Raw ? found.Taken : 0m;
}
