using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>Compares the cancels and changes that were published, by whichever service, with what became of their orders.</summary>
public sealed class SentChanges(IDbContextFactory<AITraderDbContext> contexts, TimeProvider time)
{
    // How the execution engine begins the reason of a cancel that it has taken.
    private const string TakenCancel = "CANCEL_REQUESTED";

    // New terms were asked for on a market that is gone by then; a cancel is right at any time.
    private static readonly TimeSpan ChangeLife = TimeSpan.FromMinutes(1);

    /// <summary>Cancels and changes that were published, in the order of the outbox, each under the id of its order; taken where the order
    /// has ended, the request shows in its history, or there is no such order; and a change that is older than a minute.</summary>
    /// <param name="after">Place in the outbox to begin behind.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<List<SentOrder>> ReadAsync(long after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db
            .Outbox.AsNoTracking()
            .Where(row =>
                row.Position > after && (row.Kind == OutboxMessages.Cancel || row.Kind == OutboxMessages.Change) && row.SentAt != null
            )
            .OrderBy(static row => row.Position)
            .Take(max)
            .ToListAsync(ct);
        var requests = rows.ConvertAll(static row => (OrderMessage)OutboxMessages.Read(row));
        var (working, cancelled, answered) = await TracesAsync(db, requests, ct);
        var oldest = time.GetUtcNow() - ChangeLife;
        return
        [
            .. rows.Zip(requests, (row, request) =>
                new SentOrder(
                    row.Position,
                    request.Id,
                    row.SentAt!.Value,
                    row.Attempts,
                    !working.Contains(request.Id)
                        || cancelled.Contains(request.Id)
                        || (row.Kind == OutboxMessages.Change && (answered.Contains(request.ClientOrderId) || row.CreatedAt < oldest))
                )
            ),
        ];
    }

    // Orders that work, those of them with a cancel, and the changes that were answered.
    private static async Task<(HashSet<Guid> Working, HashSet<Guid> Cancelled, HashSet<Guid> Answered)> TracesAsync(
        AITraderDbContext db,
        List<OrderMessage> requests,
        CancellationToken ct
    )
    {
        var orders = requests.ConvertAll(static request => request.Id);
        var keys = requests.ConvertAll(static request => request.ClientOrderId);
        var working = await db
            .Orders.Where(row => orders.Contains(row.Id) && !OrderStatuses.Terminal.Contains(row.Status))
            .Select(static row => row.Id)
            .ToListAsync(ct);
        var steps = await db
            .OrderEvents.Where(step =>
                working.Contains(step.OrderId)
                && (step.Reason.StartsWith(TakenCancel) || (step.RequestId != null && keys.Contains(step.RequestId.Value)))
            )
            .Select(static step => new
            {
                step.OrderId,
                step.RequestId,
                IsCancel = step.Reason.StartsWith(TakenCancel),
            })
            .ToListAsync(ct);
        return (
            [.. working],
            [.. steps.Where(static step => step.IsCancel).Select(static step => step.OrderId)],
            [.. steps.Select(static step => step.RequestId).OfType<Guid>()]
        );
    }
}
