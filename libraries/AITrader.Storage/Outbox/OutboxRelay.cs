using AITrader.Storage.Model;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Storage.Outbox;

/// <summary>Publishes and marks, batch by batch, under a lock per service that gives its instances turns.</summary>
internal sealed class OutboxRelay(
    IDbContextFactory<AITraderDbContext> contexts,
    IOutboxPublisher publisher,
    IOptions<OutboxOptions> options,
    TimeProvider time
) : IOutboxRelay
{
    public async Task<int> FlushAsync(CancellationToken ct)
    {
        var total = 0;
        int sent;
        do
        {
            sent = await FlushBatchAsync(ct);
            total += sent;
        } while (sent == options.Value.BatchSize);
        return total;
    }

    private async Task<int> FlushBatchAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(token => PublishPendingAsync(db, token), ct);
    }

    // Rows that another instance locked must not be skipped: later rows would overtake them.
    private async Task<int> PublishPendingAsync(AITraderDbContext db, CancellationToken ct)
    {
        var source = options.Value.Source;
        await AdvisoryLocks.LockForTransactionAsync(db, $"outbox:{source}", ct);
        var rows = await db
            .Outbox.AsNoTracking()
            .Where(row => row.Source == source && row.SentAt == null)
            .OrderBy(static row => row.Position)
            .Take(options.Value.BatchSize)
            .ToListAsync(ct);
        if (rows.Count == 0)
        {
            return 0;
        }

        await publisher.PublishAsync(rows, ct);
        var ids = rows.ConvertAll(static row => row.Id);
        var now = time.GetUtcNow();
        await db.Outbox.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(static row => row.SentAt, now), ct);
        return rows.Count;
    }
}
