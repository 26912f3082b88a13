using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Queries;

/// <summary>What storing a request has found.</summary>
public enum OrderRequestResult
{
    /// <summary>It is stored now.</summary>
    Stored,

    /// <summary>The same was stored under its id before.</summary>
    Repeated,

    /// <summary>Another request was stored under its id before.</summary>
    KeyTaken,
}

/// <summary>Keeps people's requests to the execution engine until they are published.</summary>
public sealed class OrderRequestStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, IOutbox outbox)
{
    /// <summary>Writes the audit event and the message into the outbox in one transaction.</summary>
    /// <param name="id">Identity of the request; it is stored once.</param>
    /// <param name="message">The request.</param>
    /// <param name="entry">Its event in the audit trail.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<OrderRequestResult> WriteAsync(Guid id, OrderMessage message, AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        await using var db = await contexts.CreateDbContextAsync(ct);
        try
        {
            await db.InTransactionAsync(
                _ =>
                {
                    audit.Add(db, entry);
                    outbox.Add(db, id, message);
                    return Task.CompletedTask;
                },
                ct
            );
            return OrderRequestResult.Stored;
        }
        catch (DbUpdateException known) when (known.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return await IsSameAsync(id, message, ct) ? OrderRequestResult.Repeated : OrderRequestResult.KeyTaken;
        }
    }

    // As the bus has it: when it was asked for, and under which trace, differs each time.
    private async Task<bool> IsSameAsync(Guid id, OrderMessage message, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Outbox.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row
            && OutboxMessages.Read(row) is OrderMessage stored
            && OutboxMessages.Read(OutboxMessages.Write(id, message, row.Source, row.CreatedAt)) is OrderMessage repeated
            && stored with { Timestamp = repeated.Timestamp, Trace = repeated.Trace } == repeated;
    }
}
