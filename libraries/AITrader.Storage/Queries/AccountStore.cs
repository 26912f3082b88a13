using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>The account and its positions at one moment.</summary>
/// <param name="Account">The account; null before the migrations have run.</param>
/// <param name="Positions">Positions by symbol.</param>
public sealed record AccountBooks(AccountRow? Account, IReadOnlyList<PositionRow> Positions);

/// <summary>Reads the account, and halts or activates its trading.</summary>
public sealed class AccountStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>The account and the positions, both of one moment: a fill between two reads would be counted in one of them only.</summary>
    public async Task<AccountBooks> ReadBooksAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InSnapshotAsync(
            async token =>
            {
                var positions = await PositionQueries.ListAsync(db, token);
                return new AccountBooks(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(token), positions);
            },
            ct
        );
    }

    /// <summary>Sets whether the account may trade, with an audit event; null where there is no account.</summary>
    /// <param name="state">One of <see cref="TradingStates"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="user">Who wants it; null where unknown.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<AccountRow?> SetTradingStateAsync(string state, string reason, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(token => ChangeAsync(db, state, reason, user, token), ct);
    }

    private async Task<AccountRow?> ChangeAsync(AITraderDbContext db, string state, string reason, Guid? user, CancellationToken ct)
    {
        // The execution engine updates this row too: without the lock one of the two changes could be lost.
        var account = await db
            .Accounts.FromSql($"SELECT * FROM accounts WHERE id = {AccountRow.TheAccount} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (account is null)
        {
            return null;
        }

        var changes = new
        {
            from = account.TradingState,
            to = state,
            reason,
        };
        audit.Add(db, new AuditEntry("account.trading_state", user, "account", "1", changes));
        (account.TradingState, account.HaltReason, account.UpdatedAt) = (
            state,
            state == TradingStates.Active ? string.Empty : reason,
            time.GetUtcNow()
        );
        return account;
    }
}
