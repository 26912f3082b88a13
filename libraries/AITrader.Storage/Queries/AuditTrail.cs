using System.Text.Json;
using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>What is to be remembered.</summary>
/// <param name="EventType">What happened.</param>
/// <param name="UserId">Who did it; null where the user is unknown.</param>
/// <param name="EntityType">Kind of thing.</param>
/// <param name="EntityId">Which one.</param>
/// <param name="Changes">What changed.</param>
public sealed record AuditEntry(string EventType, Guid? UserId, string EntityType, string EntityId, object Changes);

/// <summary>Writes audit events.</summary>
public sealed class AuditTrail(IDbContextFactory<AITraderDbContext> contexts, IIdSource ids, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes an event that has no other change beside it, and returns its id.</summary>
    public async Task<Guid> WriteAsync(AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = ids.NewId();
        Add(db, id, entry);
        await db.SaveChangesAsync(ct);
        return id;
    }

    /// <summary>Adds the event to the transaction of the change.</summary>
    internal void Add(AITraderDbContext db, AuditEntry entry) => Add(db, ids.NewId(), entry);

    private void Add(AITraderDbContext db, Guid id, AuditEntry entry) =>
        db.AuditEvents.Add(
            new AuditEventRow
            {
                Id = id,
                EventType = entry.EventType,
                UserId = entry.UserId,
                EntityType = entry.EntityType,
                EntityId = entry.EntityId,
                Changes = JsonSerializer.Serialize(entry.Changes, Json),
                Timestamp = time.GetUtcNow(),
            }
        );
}
