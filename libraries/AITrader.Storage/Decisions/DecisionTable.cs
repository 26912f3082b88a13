using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Storage.Inbox;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>A decision with all that is stored together with it.</summary>
/// <param name="Signal">What was decided on.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Audit">The event in the audit trail.</param>
/// <param name="Message">The decision as it is published.</param>
/// <param name="Order">The order that follows; null when holding.</param>
public sealed record DecisionRecord(
    SignalRow Signal,
    DecisionRow Decision,
    AuditEventRow Audit,
    DecisionMessage Message,
    OrderMessage? Order
);

/// <summary>Stores signal, decision, inbox, audit event and outbox in one transaction.</summary>
public sealed class DecisionTable(IDbContextFactory<AITraderDbContext> contexts, IInbox inbox, IOutbox outbox)
{
    private const string Consumer = "strategy";

    /// <summary>Whether this signal was decided before.</summary>
    public async Task<bool> IsDecidedAsync(Guid signal, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = MessageId(signal);
        return await db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == Consumer, ct);
    }

    /// <summary>
    /// Puts the order of a decided signal back into the outbox where the execution engine has no order of it: the bus may have lost it
    /// together with the acknowledgement of the signal. An order that did arrive is known by its id.
    /// </summary>
    public async Task RequeueOrderAsync(Guid signal, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var order = DeterministicId.Order(DeterministicId.Decision(signal));
        await db
            .Outbox.Where(row => row.Id == order && row.SentAt != null && !db.Orders.Any(found => found.Id == order))
            .ExecuteUpdateAsync(static set => set.SetProperty(static row => row.SentAt, (DateTimeOffset?)null), ct);
    }

    /// <summary>Stores the decision about a signal; false where another attempt was first.</summary>
    /// <param name="lease">The lease to decide under.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="record">Makes what is to be stored, anew for each attempt of the transaction.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="LeaseLostException">Another process decides now.</exception>
    public async Task<bool> WriteAsync(Lease lease, Guid signal, Func<DecisionRecord> record, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                if (!await inbox.TryBeginAsync(db, MessageId(signal), Consumer, token))
                {
                    return false;
                }

                Add(db, record());
                return true;
            },
            ct
        );
    }

    private void Add(AITraderDbContext db, DecisionRecord record)
    {
        db.Signals.Add(record.Signal);
        db.Decisions.Add(record.Decision);
        db.AuditEvents.Add(record.Audit);
        outbox.Add(db, record.Message);
        if (record.Order is { } order)
        {
            outbox.Add(db, order.Id, order);
        }
    }

    private static string MessageId(Guid signal) => signal.ToString("D");
}
