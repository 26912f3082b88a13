using AITrader.Domain.Orders;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>What the executions of one instrument come to.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Quantity">Bought less sold.</param>
/// <param name="Paid">Cash paid less received, with fees, in the currency of the account.</param>
/// <param name="Count">How many executions there are.</param>
public sealed record ExecutionSum(string Symbol, decimal Quantity, decimal Paid, long Count);

/// <summary>A trade that is not what its execution says.</summary>
/// <param name="TradeId">The trade.</param>
/// <param name="ExecId">The execution.</param>
public sealed record OddTrade(int? TradeId, Guid ExecId);

/// <summary>Reads what the account's identities are checked against.</summary>
public sealed class AccountSums(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Positions of an account by symbol.</summary>
    public async Task<Dictionary<string, PositionRow>> PositionsAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Positions.AsNoTracking()
            .Where(row => row.AccountId == account)
            .ToDictionaryAsync(static row => row.Symbol, StringComparer.Ordinal, ct);
    }

    /// <summary>Sums of all executions of an account, by instrument.</summary>
    public async Task<IReadOnlyList<ExecutionSum>> ExecutionsAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Executions.Where(row => row.AccountId == account)
            .GroupBy(static row => row.Symbol)
            .Select(static group => new ExecutionSum(
                group.Key,
                group.Sum(static row => row.Side == Side.Buy ? row.Quantity : -row.Quantity),
                // Rounded as a fill is when it is booked in another currency.
                group.Sum(static row =>
                    (
                        (row.Side == Side.Buy ? row.Quantity : -row.Quantity)
                        * (row.Rate == 1m ? row.Price : Math.Round(row.Price * row.Rate, Fill.MoneyDecimals))
                    ) + (row.Rate == 1m ? row.Fee : Math.Round(row.Fee * row.Rate, Fill.MoneyDecimals))
                ),
                group.LongCount()
            ))
            .ToListAsync(ct);
    }

    /// <summary>The first trade of an account that is not what its execution says; null where there is none.</summary>
    public async Task<OddTrade?> FindOddTradeAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Executions.Where(row =>
                row.AccountId == account
                && row.Trade != null
                && (
                    row.Trade.Quantity != row.Quantity
                    || row.Trade.Price != row.Price
                    || row.Trade.Fees != row.Fee
                    || row.Trade.Side != row.Side
                )
            )
            .OrderBy(static row => row.TradeId)
            .Select(static row => new OddTrade(row.TradeId, row.ExecId))
            .FirstOrDefaultAsync(ct);
    }
}
