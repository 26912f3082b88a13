using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>A working order with what was executed of it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Executions">Its executions.</param>
public sealed record WorkingOrder(OrderRow Order, IReadOnlyList<ExecutionRow> Executions);

/// <summary>Reads the account with its executions and orders.</summary>
public sealed class AccountReader(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>The account of a run; null where it has none yet.</summary>
    public async Task<AccountRow?> FindAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Run == run, ct);
    }

    /// <summary>The account of a run.</summary>
    public async Task<AccountRow> GetAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.AsNoTracking().SingleAsync(row => row.Run == run, ct);
    }

    /// <summary>The newest account of a replay; null before the first.</summary>
    public async Task<AccountRow?> FindNewestReplayAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Accounts.AsNoTracking()
            .Where(static row => row.Run != string.Empty)
            .OrderByDescending(static row => row.Id)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>All executions of an account, in the order of booking.</summary>
    /// <param name="account">The account.</param>
    /// <param name="book">Takes one after the other, while they are read.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task ReadExecutionsAsync(int account, Action<ExecutionRow> book, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(book);
        await using var db = await contexts.CreateDbContextAsync(ct);
        // The serial trade id is the order of booking. An average cost depends on that order, so it decides here too.
        var rows = db
            .Executions.AsNoTracking()
            .Where(row => row.AccountId == account)
            .OrderBy(static row => row.TradeId)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            book(row);
        }
    }

    /// <summary>Orders of a run that may still fill.</summary>
    public async Task<IReadOnlyList<WorkingOrder>> WorkingOrdersAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = await db
            .Orders.AsNoTracking()
            .Where(row => row.Run == run && !OrderStatuses.Terminal.Contains(row.Status))
            .ToListAsync(ct);
        var ids = orders.ConvertAll(static row => row.Id);
        var executions = await db.Executions.AsNoTracking().Where(row => ids.Contains(row.OrderId)).ToListAsync(ct);
        var byOrder = executions.ToLookup(static row => row.OrderId);
        return orders.ConvertAll(row => new WorkingOrder(row, [.. byOrder[row.Id]]));
    }

    /// <summary>Names of the ticks that caused orders, by order; those that no decision made are not among them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> CausesAsync(List<Guid> orders, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await (
            from order in db.Orders
            where orders.Contains(order.Id)
            join decision in db.Decisions on order.DecisionId equals decision.Id
            join signal in db.Signals on decision.SignalId equals signal.Id
            select new { order.Id, signal.TickId }
        ).ToDictionaryAsync(static cause => cause.Id, static cause => cause.TickId, ct);
    }

    /// <summary>Which order has which client order id, of the orders that have one of these ids or keys.</summary>
    /// <param name="keys">Client order ids.</param>
    /// <param name="ids">Ids of orders.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<Dictionary<Guid, Guid>> OrdersByKeyAsync(List<Guid> keys, List<Guid> ids, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Orders.AsNoTracking()
            .Where(row => keys.Contains(row.ClientOrderId) || ids.Contains(row.Id))
            .ToDictionaryAsync(static row => row.ClientOrderId, static row => row.Id, ct);
    }

    /// <summary>Those of the requests for a change that were answered before.</summary>
    public async Task<HashSet<Guid>> AnsweredAsync(List<Guid> requests, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var answered = db.OrderEvents.Where(row => row.RequestId != null && requests.Contains(row.RequestId.Value));
        return [.. await answered.Select(static row => row.RequestId!.Value).ToListAsync(ct)];
    }

    /// <summary>The last point of an account's equity curve; null before the first.</summary>
    public async Task<EquityRow?> LastEquityAsync(int account, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Equity.AsNoTracking()
            .Where(row => row.AccountId == account)
            .OrderByDescending(static row => row.Timestamp)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>What was sent and executed in a run, for the limits of rates.</summary>
    /// <param name="run">The run; empty for live.</param>
    /// <param name="since">Event time from which orders and executions are listed one by one.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<StoredActivity> ActivityAsync(string run, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var orders = db.Orders.Where(row => row.Run == run && row.Status != "DENIED");
        var executions = db.Executions.Where(row => row.Run == run);
        return new StoredActivity(
            await orders.LongCountAsync(ct) + await orders.LongCountAsync(static row => row.Status == "CANCELLED", ct),
            await executions.LongCountAsync(ct),
            await orders.Where(row => row.EventTime > since).Select(static row => row.EventTime).Order().ToListAsync(ct),
            await executions.Where(row => row.Timestamp > since).Select(static row => row.Timestamp).Order().ToListAsync(ct)
        );
    }
}

/// <summary>What was sent and executed in a run.</summary>
/// <param name="Messages">Orders and cancels.</param>
/// <param name="Executions">Executions.</param>
/// <param name="RecentOrders">Event times of the last orders.</param>
/// <param name="RecentExecutions">Event times of the last executions.</param>
public sealed record StoredActivity(
    long Messages,
    long Executions,
    IReadOnlyList<DateTimeOffset> RecentOrders,
    IReadOnlyList<DateTimeOffset> RecentExecutions
);
