using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>Writes the account and all that belongs to it, under the lease.</summary>
public sealed class AccountTable(IDbContextFactory<AITraderDbContext> contexts, IOutbox outbox)
{
    /// <summary>Changes the account in one transaction, all or nothing.</summary>
    /// <param name="lease">The lease to write under.</param>
    /// <param name="work">Makes the changes; again from the start with each attempt. An exception undoes them.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    public async Task ChangeAsync(Lease lease, Func<AccountChange, CancellationToken, Task> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);

                // The row lock serialises writers.
                var account = await db
                    .Accounts.FromSql($"SELECT * FROM accounts WHERE id = {AccountRow.TheAccount} FOR UPDATE")
                    .SingleAsync(token);
                await work(new AccountChange(db, outbox, account), token);
            },
            ct
        );
    }

    /// <summary>Stores at which prices positions are marked, in one transaction.</summary>
    /// <param name="lease">The lease to write under.</param>
    /// <param name="marks">Prices by symbol.</param>
    /// <param name="now">Wall clock of the write.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    public async Task MarkAsync(Lease lease, IReadOnlyList<(string Symbol, decimal Price)> marks, DateTimeOffset now, CancellationToken ct)
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
                        .Positions.Where(row => row.Symbol == symbol)
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
