using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Storage.Decisions;

/// <summary>Compares the cancels that this service has published with what became of their orders.</summary>
public sealed class SentCancels(IDbContextFactory<AITraderDbContext> contexts, IOptions<OutboxOptions> outbox)
{
    // How the execution engine begins the reason of a cancel that it has taken.
    private const string Taken = "CANCEL_REQUESTED";

    /// <summary>Cancels that were published, in the order of the outbox, each under the id of its order; taken where the order has ended,
    /// the cancel shows in its history, or there is no such order.</summary>
    /// <param name="after">Place in the outbox to begin behind.</param>
    /// <param name="max">At most so many.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<List<SentOrder>> ReadAsync(long after, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var source = outbox.Value.Source;
        var rows = await db
            .Outbox.AsNoTracking()
            .Where(row => row.Position > after && row.Source == source && row.Kind == OutboxMessages.Cancel && row.SentAt != null)
            .OrderBy(static row => row.Position)
            .Take(max)
            .ToListAsync(ct);
        var orders = rows.ConvertAll(static row => ((OrderMessage)OutboxMessages.Read(row)).Id);
        var working = await db
            .Orders.Where(row =>
                orders.Contains(row.Id)
                && !OrderStatuses.Terminal.Contains(row.Status)
                && !db.OrderEvents.Any(step => step.OrderId == row.Id && step.Reason.StartsWith(Taken))
            )
            .Select(static row => row.Id)
            .ToListAsync(ct);
        return
        [
            .. rows.Zip(orders, (row, order) =>
                new SentOrder(row.Position, order, row.SentAt!.Value, row.Attempts, !working.Contains(order))
            ),
        ];
    }
}
