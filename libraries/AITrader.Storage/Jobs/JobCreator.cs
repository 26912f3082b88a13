using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Jobs;

/// <summary>Creates jobs: the row and its wake-up message commit together.</summary>
public sealed class JobCreator(IDbContextFactory<AITraderDbContext> contexts, IOutbox outbox, IOutboxRelay relay, TimeProvider time)
{
    /// <summary>Creates a job; false where a job with this id exists already.</summary>
    public async Task<bool> EnqueueAsync(Guid id, string type, string payload, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var isNew = await db.InTransactionAsync(token => InsertAsync(db, id, type, payload, token), ct);
        await relay.FlushAsync(ct);
        return isNew;
    }

    private async Task<bool> InsertAsync(AITraderDbContext db, Guid id, string type, string payload, CancellationToken ct)
    {
        var made = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (id, type, status, payload, created_at, attempts)
            VALUES ({id}, {type}, {JobStatuses.Queued}, {payload}::jsonb, {time.GetUtcNow()}, 0)
            ON CONFLICT DO NOTHING
            """,
            ct
        );
        if (made == 1)
        {
            outbox.Add(db, new JobMessage { Id = id, Type = type });
        }

        return made == 1;
    }
}
