using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>What the booked splits and dividends of one instrument come to.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Quantity">What they added to the position.</param>
/// <param name="Amount">Cash that they brought.</param>
public sealed record AdjustmentSum(string Symbol, decimal Quantity, decimal Amount);

/// <summary>Reads splits and dividends.</summary>
public sealed class AdjustmentReader(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Those of an account that wait for their booking, oldest first.</summary>
    public async Task<IReadOnlyList<AdjustmentRow>> RequestedAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Adjustments.AsNoTracking()
            .Where(row => row.State == AdjustmentStates.Requested && row.AccountId == account)
            .OrderBy(static row => row.RequestedAt)
            .ThenBy(static row => row.Id)
            .ToListAsync(ct);
    }

    /// <summary>Those of an account that are booked, in the order of booking.</summary>
    public async Task<IReadOnlyList<AdjustmentRow>> BookedAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Adjustments.AsNoTracking()
            .Where(row => row.State == AdjustmentStates.Booked && row.AccountId == account)
            .OrderBy(static row => row.Number)
            .ToListAsync(ct);
    }

    /// <summary>Sums of those of an account that are booked, by instrument.</summary>
    public async Task<IReadOnlyList<AdjustmentSum>> SumsAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Adjustments.Where(row => row.State == AdjustmentStates.Booked && row.AccountId == account)
            .GroupBy(static row => row.Symbol)
            .Select(static group => new AdjustmentSum(
                group.Key,
                group.Sum(static row => row.QuantityAfter - row.QuantityBefore),
                group.Sum(static row => row.Amount)
            ))
            .ToListAsync(ct);
    }

    /// <summary>Whether a symbol was executed in an account since a moment.</summary>
    public async Task<bool> HasTradedAsync(int account, string symbol, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Executions.AnyAsync(row => row.AccountId == account && row.Symbol == symbol && row.Timestamp >= since, ct);
    }
}
