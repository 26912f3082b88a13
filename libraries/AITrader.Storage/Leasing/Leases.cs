using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Leasing;

/// <summary>Leases with fencing. All times are those of the database, so clocks of machines do not matter.</summary>
/// <remarks>
/// A holder that is slow, stopped or cut off may believe that it still has its lease. So what it writes asks for the lease in the same
/// transaction, see
/// <see cref="RequireAsync"/>: the row is locked for as long as the transaction lasts, and a lease that went on meanwhile refuses it.
/// </remarks>
public sealed class Leases(IDbContextFactory<AITraderDbContext> contexts)
{
    // A holder that is stopped in the middle of a transaction would keep its locks, and with them the lease, for ever: the server ends such
    // a session.
    private const string MaxPause = "5s";

    /// <summary>Takes or renews a lease; an expired one of another holder is taken over.</summary>
    /// <param name="name">What is to be done.</param>
    /// <param name="holder">Who wants to; unique for each process.</param>
    /// <param name="life">For how long from now.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<LeaseAnswer> TryTakeAsync(string name, string holder, TimeSpan life, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var taken = await db
            .Leases.FromSql(
                $"""
                INSERT INTO leases AS mine (name, holder, token, acquired_at, expires_at)
                VALUES ({name}, {holder}, 1, clock_timestamp(), clock_timestamp() + {life})
                ON CONFLICT (name) DO UPDATE SET
                  token = mine.token + CASE WHEN mine.holder = excluded.holder THEN 0 ELSE 1 END,
                  acquired_at = CASE WHEN mine.holder = excluded.holder THEN mine.acquired_at ELSE excluded.acquired_at END,
                  holder = excluded.holder,
                  expires_at = excluded.expires_at,
                  standby = NULLIF(mine.standby, excluded.holder)
                WHERE mine.holder = excluded.holder OR mine.expires_at < clock_timestamp()
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        return taken is [var row]
            ? new LeaseAnswer(new Lease(name, holder, row.Token), holder, row.ExpiresAt)
            : await WaitAsync(db, name, holder, ct);
    }

    /// <summary>Gives a lease back, so that whoever waits gets it at once.</summary>
    public async Task ReleaseAsync(Lease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE leases SET expires_at = clock_timestamp() - interval '1 microsecond' WHERE name = {lease.Name} AND holder = {lease.Holder} AND token = {lease.Token}",
            ct
        );
    }

    /// <summary>Fails the open transaction where the lease is not this one any more; where it is, no other process can take it before the
    /// transaction ends.</summary>
    /// <exception cref="LeaseLostException">It is not.</exception>
    public static async Task RequireAsync(AITraderDbContext db, Lease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(lease);
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException(
                "A lease is asked for in the transaction of the effect: call it inside InTransactionAsync."
            );
        }

        var held = await db
            .Leases.FromSql(
                $"""
                SELECT found.* FROM leases AS found, set_config('idle_in_transaction_session_timeout', {MaxPause}, true)
                WHERE found.name = {lease.Name} AND found.holder = {lease.Holder} AND found.token = {lease.Token}
                FOR SHARE OF found
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        if (held.Count == 0)
        {
            throw new LeaseLostException(lease);
        }
    }

    private static async Task<LeaseAnswer> WaitAsync(AITraderDbContext db, string name, string holder, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"UPDATE leases SET standby = {holder}, standby_at = clock_timestamp() WHERE name = {name}", ct);
        var row = await db.Leases.AsNoTracking().SingleAsync(row => row.Name == name, ct);
        return new LeaseAnswer(null, row.Holder, row.ExpiresAt);
    }
}
