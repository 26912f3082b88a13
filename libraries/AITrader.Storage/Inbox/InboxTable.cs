using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Inbox;

/// <summary>Inserts where absent: what comes back is new.</summary>
internal sealed class InboxTable(TimeProvider time) : IInbox
{
    public async Task<bool> TryBeginAsync(AITraderDbContext db, string messageId, string consumer, CancellationToken ct) =>
        (await TryBeginAsync(db, [messageId], consumer, ct)).Count == 1;

    public async Task<IReadOnlySet<string>> TryBeginAsync(
        AITraderDbContext db,
        IReadOnlyCollection<string> messageIds,
        string consumer,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("The inbox belongs to the transaction of the effect: call it inside InTransactionAsync.");
        }

        // Sorted, so that two instances with the same messages wait for each other instead of deadlocking.
        var ids = messageIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var added = await db
            .Database.SqlQuery<string>(
                $"""
                INSERT INTO inbox (message_id, consumer, handled_at)
                SELECT id, {consumer}, {time.GetUtcNow()} FROM unnest({ids}) AS id
                ON CONFLICT DO NOTHING
                RETURNING message_id
                """
            )
            .ToListAsync(ct);
        return added.ToHashSet(StringComparer.Ordinal);
    }
}
