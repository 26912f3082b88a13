using AITrader.Storage.Accounts;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Brokers;

/// <summary>Reads what is at a broker, and what is booked of it.</summary>
public sealed class BrokerOrderReader(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>The parts that are not done, and those that changed since a moment: a broker may still tell of them.</summary>
    public async Task<IReadOnlyList<BrokerOrderRow>> ReadAsync(string broker, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .BrokerOrders.AsNoTracking()
            .Where(row => row.Broker == broker && (row.State != BrokerOrderStates.Done || row.UpdatedAt >= since))
            .OrderBy(static row => row.IntendedAt)
            .ThenBy(static row => row.Part)
            .ToListAsync(ct);
    }

    /// <summary>The parts that are not done, of whichever broker.</summary>
    public async Task<IReadOnlyList<BrokerOrderRow>> OpenAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.BrokerOrders.AsNoTracking().Where(static row => row.State != BrokerOrderStates.Done).ToListAsync(ct);
    }

    /// <summary>An order with its executions, whatever its state; null where there is none.</summary>
    public async Task<WorkingOrder?> FindAsync(Guid orderId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderId, ct);
        return order is null
            ? null
            : new WorkingOrder(order, await db.Executions.AsNoTracking().Where(row => row.OrderId == orderId).ToListAsync(ct));
    }

    /// <summary>Those of the execution ids that are booked.</summary>
    public async Task<HashSet<Guid>> BookedAsync(IReadOnlyCollection<Guid> executions, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return [.. await db.Executions.Where(row => executions.Contains(row.ExecId)).Select(static row => row.ExecId).ToListAsync(ct)];
    }

    /// <summary>Fails where the lease is not this one any more: whoever sends something asks right before.</summary>
    /// <exception cref="LeaseLostException">Another process has it.</exception>
    public async Task RequireAsync(Lease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(token => Leases.RequireAsync(db, lease, token), ct);
    }
}
