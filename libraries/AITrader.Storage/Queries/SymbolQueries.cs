using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>Looks symbols up in what is stored.</summary>
public sealed class SymbolQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Whether any signal, order or trade was about this symbol.</summary>
    public async Task<bool> IsStoredAsync(string symbol, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Signals.AnyAsync(row => row.Symbol == symbol, ct)
            || await db.Orders.AnyAsync(row => row.Symbol == symbol, ct)
            || await db.Trades.AnyAsync(row => row.Symbol == symbol, ct);
    }
}
