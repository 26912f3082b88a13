using System.Data;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Transactions;

/// <summary>Transactions that survive a lost connection.</summary>
public static class TransactionExtensions
{
    /// <summary>Runs the work in one transaction, saves its changes and commits; all of it again after a transient failure.</summary>
    /// <remarks>
    /// Everything that belongs to the transaction must happen inside <paramref name="work"/>: each attempt begins with nothing tracked.
    /// A connection that dies during the commit leaves open whether it held: use keys that refuse a second time, or the inbox.
    /// </remarks>
    public static Task InTransactionAsync(this AITraderDbContext db, Func<CancellationToken, Task> work, CancellationToken ct) =>
        db.InTransactionAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            ct
        );

    /// <summary>Runs the work in one transaction, saves its changes, commits and returns its result.</summary>
    /// <inheritdoc cref="InTransactionAsync(AITraderDbContext, Func{CancellationToken, Task}, CancellationToken)" path="/remarks"/>
    public static Task<T> InTransactionAsync<T>(this AITraderDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .Database.CreateExecutionStrategy()
            .ExecuteAsync((db, work), static (state, token) => AttemptAsync(state.db, state.work, token), ct);
    }

    /// <summary>Runs reads that all see the database as it was at the first of them: rows that only make sense together, such as cash and
    /// positions.</summary>
    public static Task<T> InSnapshotAsync<T>(this AITraderDbContext db, Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(
                (db, read),
                static async (state, token) =>
                {
                    await using var snapshot = await state.db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
                    return await state.read(token);
                },
                ct
            );
    }

    private static async Task<T> AttemptAsync<T>(AITraderDbContext db, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        db.ChangeTracker.Clear();

        // All or nothing: a savepoint with each save would cost two more answers of the server.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await work(ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }
}
