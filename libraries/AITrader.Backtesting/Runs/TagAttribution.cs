using AITrader.Domain.Orders;

namespace AITrader.Backtesting.Runs;

/// <summary>What the orders of one tag did: a strategy that names its reasons sees what each of them earned.</summary>
/// <param name="Tag">What the strategy called them.</param>
/// <param name="Fills">Executions.</param>
/// <param name="Realised">Profit that they realised, before fees, at average cost: of orders that close.</param>
/// <param name="Fees">Fees.</param>
public sealed record TagAttribution(string Tag, int Fills, decimal Realised, decimal Fees)
{
    internal TagAttribution With(Fill fill, decimal realised) => new(Tag, Fills + 1, Realised + realised, Fees + fill.Fee);
}
