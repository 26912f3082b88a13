using System.Globalization;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>The account of a run and its positions at one moment.</summary>
/// <param name="Account">The account; null where the run has none yet.</param>
/// <param name="Positions">Positions by symbol.</param>
public sealed record AccountBooks(AccountRow? Account, IReadOnlyList<PositionRow> Positions);

/// <summary>Reads accounts, and halts or activates their trading.</summary>
public sealed class AccountStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>The account of a run and its positions, both of one moment: a fill between two reads would be counted in one of them
    /// only.</summary>
    public async Task<AccountBooks> ReadBooksAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InSnapshotAsync(
            async token =>
            {
                var positions = await PositionQueries.ListAsync(db, run, token);
                return new AccountBooks(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Run == run, token), positions);
            },
            ct
        );
    }

    /// <summary>Sets whether accounts may trade, with an audit event each, and returns them: that of a run, or the live one and those of
    /// replays that have not ended.</summary>
    /// <param name="run">The run, empty for live; null for all that have not ended.</param>
    /// <param name="state">One of <see cref="TradingStates"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="user">Who wants it; null where unknown.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<IReadOnlyList<AccountRow>> SetTradingStateAsync(
        string? run,
        string state,
        string reason,
        Guid? user,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                // The execution engine updates these rows too: without the locks one of the two changes could be lost.
                var accounts = await db
                    .Accounts.FromSql(
                        $"""
                        SELECT * FROM accounts WHERE run = {run}
                            OR ({run}::text IS NULL AND (run = '' OR run IN (SELECT run FROM runs WHERE state = 'running')))
                        ORDER BY id FOR UPDATE
                        """
                    )
                    .ToListAsync(token);
                accounts.ForEach(account => Change(db, account, state, reason, user));
                return accounts;
            },
            ct
        );
    }

    private void Change(AITraderDbContext db, AccountRow account, string state, string reason, Guid? user)
    {
        var changes = new
        {
            from = account.TradingState,
            to = state,
            reason,
        };
        var entity = account.Id.ToString(CultureInfo.InvariantCulture);
        audit.Add(db, new AuditEntry("account.trading_state", user, "account", entity, changes));
        (account.TradingState, account.HaltReason, account.UpdatedAt) = (
            state,
            state == TradingStates.Active ? string.Empty : reason,
            time.GetUtcNow()
        );
    }
}
