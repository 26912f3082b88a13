using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>Writes an account and all that belongs to it, under the lease.</summary>
public sealed class AccountTable(IDbContextFactory<AITraderDbContext> contexts, IOutbox outbox)
{
    /// <summary>Makes the account of a run where it has none, and its run where nobody has written it down.</summary>
    /// <param name="lease">The lease to write under.</param>
    /// <param name="account">The account.</param>
    /// <param name="run">The run.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process writes accounts now.</exception>
    public async Task OpenAsync(Lease lease, AccountRow account, RunRow run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(run);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                if (!await db.Accounts.AnyAsync(row => row.Run == account.Run, token))
                {
                    db.Accounts.Add(account);
                }

                if (!await db.Runs.AnyAsync(row => row.Run == run.Run, token))
                {
                    db.Runs.Add(run);
                }
            },
            ct
        );
    }

    /// <summary>Changes an account in one transaction, all or nothing.</summary>
    /// <param name="lease">The lease to write under.</param>
    /// <param name="id">The account.</param>
    /// <param name="work">Makes the changes; again from the start with each attempt. An exception undoes them.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    public async Task ChangeAsync(Lease lease, int id, Func<AccountChange, CancellationToken, Task> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);

                // The row lock serialises writers.
                var account = await db.Accounts.FromSql($"SELECT * FROM accounts WHERE id = {id} FOR UPDATE").SingleAsync(token);
                await work(new AccountChange(db, outbox, account), token);
            },
            ct
        );
    }

    /// <summary>Stores at which prices positions are marked, in one transaction.</summary>
    /// <param name="lease">The lease to write under.</param>
    /// <param name="id">The account.</param>
    /// <param name="marks">Prices by symbol.</param>
    /// <param name="now">Wall clock of the write.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    public async Task MarkAsync(
        Lease lease,
        int id,
        IReadOnlyList<(string Symbol, decimal Price)> marks,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(marks);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                foreach (var (symbol, price) in marks)
                {
                    decimal? mark = price;
                    await db
                        .Positions.Where(row => row.AccountId == id && row.Symbol == symbol)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(static row => row.LastPrice, mark).SetProperty(static row => row.UpdatedAt, now),
                            token
                        );
                }
            },
            ct
        );
    }
}
