using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>An order with its life.</summary>
/// <param name="Order">The order.</param>
/// <param name="Events">States that it entered, in order.</param>
/// <param name="Executions">Its executions, by event time.</param>
public sealed record OrderHistory(OrderRow Order, IReadOnlyList<OrderEventRow> Events, IReadOnlyList<ExecutionRow> Executions);

/// <summary>Reads orders.</summary>
public sealed class OrderQueries(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Orders, newest first.</summary>
    /// <param name="run">Of this run, empty for live; null for all.</param>
    /// <param name="symbol">Of this instrument; null for all.</param>
    /// <param name="status">In this state; null for all.</param>
    /// <param name="before">End of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<OrderRow>> ListAsync(
        string? run,
        string? symbol,
        string? status,
        KeysetPosition? before,
        int limit,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db
            .Orders.AsNoTracking()
            .Where(row => run == null || row.Run == run)
            .Where(row => symbol == null || row.Symbol == symbol)
            .Where(row => status == null || row.Status == status);
        if (before is var (time, id))
        {
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(time, id)));
        }

        return await rows.OrderByDescending(static row => row.CreatedAt).ThenByDescending(static row => row.Id).Take(limit).ToListAsync(ct);
    }

    /// <summary>Those of these orders that are stored, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, OrderRow>> FindAsync(Guid[] ids, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Orders.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(static row => row.Id, ct);
    }

    /// <summary>An order with its events and executions; null where there is none with this id.</summary>
    public async Task<OrderHistory?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } order)
        {
            return null;
        }

        var events = await db.OrderEvents.AsNoTracking().Where(row => row.OrderId == id).OrderBy(static row => row.Id).ToListAsync(ct);
        var executions = await db
            .Executions.AsNoTracking()
            .Where(row => row.OrderId == id)
            .OrderBy(static row => row.Timestamp)
            .ThenBy(static row => row.Seq)
            .ThenBy(static row => row.TradeId)
            .ToListAsync(ct);
        return new OrderHistory(order, events, executions);
    }
}
