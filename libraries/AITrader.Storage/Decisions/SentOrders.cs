using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>An order that was published.</summary>
/// <param name="Position">Its place in the outbox.</param>
/// <param name="Id">The order.</param>
/// <param name="SentAt">When it was published last.</param>
/// <param name="Attempts">How often it was published again.</param>
/// <param name="IsTaken">Whether the execution engine has a row of it.</param>
public sealed record SentOrder(long Position, Guid Id, DateTimeOffset SentAt, int Attempts, bool IsTaken);

/// <summary>Compares the orders that were published, by whichever service, with what the execution engine has stored of them.</summary>
public sealed class SentOrders(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Orders that were published, in the order of the outbox.</summary>
    /// <param name="after">Place in the outbox to begin behind.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<List<SentOrder>> ReadAsync(long after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Outbox.AsNoTracking()
            .Where(row => row.Position > after && row.Kind == nameof(OrderMessage) && row.SentAt != null)
            .OrderBy(static row => row.Position)
            .Take(max)
            .Select(row => new SentOrder(row.Position, row.Id, row.SentAt!.Value, row.Attempts, db.Orders.Any(order => order.Id == row.Id)))
            .ToListAsync(ct);
    }

    /// <summary>Those that were not refused either: a refused duplicate has an audit event in place of a row.</summary>
    public async Task<List<SentOrder>> WithoutTraceAsync(List<SentOrder> suspects, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(suspects);
        if (suspects.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = suspects.ConvertAll(static row => AuditIds.Refused(row.Id));
        var refused = (await db.AuditEvents.Where(row => ids.Contains(row.Id)).Select(static row => row.Id).ToListAsync(ct)).ToHashSet();
        return suspects.FindAll(row => !refused.Contains(AuditIds.Refused(row.Id)));
    }

    /// <summary>Puts requests back into the outbox, to be published again by the service that wrote them.</summary>
    public async Task MarkUnsentAsync(List<SentOrder> due, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(due);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var positions = due.ConvertAll(static row => row.Position);
        await db
            .Outbox.Where(row => positions.Contains(row.Position))
            .ExecuteUpdateAsync(
                static set =>
                    set.SetProperty(static row => row.SentAt, (DateTimeOffset?)null)
                        .SetProperty(static row => row.Attempts, static row => row.Attempts + 1),
                ct
            );
    }
}
