using AITrader.Domain.Prices;

namespace AITrader.Domain.Quotes;

/// <summary>One price level: the whole quantity resting at a price.</summary>
/// <param name="Price">The level's price.</param>
/// <param name="Size">Quantity at that price; in a diff, 0 removes the level.</param>
public readonly record struct BookLevel(Price Price, Quantity Size);
