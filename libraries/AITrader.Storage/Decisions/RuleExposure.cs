using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>What the orders of decisions hold and ask for in one symbol.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Filled">Signed quantity that was executed.</param>
/// <param name="OpenBuys">Quantity that may still be bought.</param>
/// <param name="OpenSells">Quantity that may still be sold.</param>
/// <param name="Price">Price of the symbol's newest signal.</param>
public sealed record RuleHolding(string Symbol, decimal Filled, decimal OpenBuys, decimal OpenSells, decimal Price)
{
    /// <summary>Largest notional that may come of it.</summary>
    public decimal Worst => Math.Max(Math.Abs(Filled + OpenBuys), Math.Abs(Filled - OpenSells)) * Price;
}

/// <summary>Reads what the built-in rule holds beside a signal's own symbol, by the orders that its decisions led to.</summary>
public sealed class RuleExposure(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>The rule's holdings of a run in all symbols but the signal's.</summary>
    public async Task<IReadOnlyList<RuleHolding>> ReadAsync(Signal signal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(signal);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sums = await db
            .Orders.Where(row =>
                row.Run == signal.Run && row.Symbol != signal.Symbol && db.Decisions.Any(one => one.OrderId == row.Id && one.Run == row.Run)
            )
            .GroupBy(static row => row.Symbol)
            .Select(static same => new
            {
                Symbol = same.Key,
                Filled = same.Sum(static row => row.Side == Side.Buy ? row.FilledQuantity : -row.FilledQuantity),
                Buys = same.Sum(static row =>
                    row.Side == Side.Buy && !OrderStatuses.Terminal.Contains(row.Status) ? row.Quantity - row.FilledQuantity : 0m
                ),
                Sells = same.Sum(static row =>
                    row.Side == Side.Sell && !OrderStatuses.Terminal.Contains(row.Status) ? row.Quantity - row.FilledQuantity : 0m
                ),
            })
            .ToListAsync(ct);
        var held = new List<RuleHolding>();
        foreach (var one in sums.Where(static one => one.Filled != 0m || one.Buys != 0m || one.Sells != 0m))
        {
            var price = await db
                .Signals.Where(row => row.Symbol == one.Symbol && row.Run == signal.Run && row.Timestamp <= signal.Timestamp)
                .OrderByDescending(static row => row.Timestamp)
                .Select(static row => row.Price)
                .FirstOrDefaultAsync(ct);
            held.Add(new RuleHolding(one.Symbol, one.Filled, one.Buys, one.Sells, price));
        }

        return held;
    }
}
