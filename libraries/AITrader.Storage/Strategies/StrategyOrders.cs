using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Strategies;

/// <summary>Stores what hosted strategies ask for, and reads what became of it.</summary>
public sealed class StrategyOrders(IDbContextFactory<AITraderDbContext> contexts, IOutbox outbox)
{
    /// <summary>What the events of strategies are about, in the audit trail.</summary>
    public const string AuditEntity = "strategy";

    private const int MaxSteps = 5000;

    /// <summary>Stores events and orders in one transaction, in order; what was stored before is left as it is.</summary>
    /// <exception cref="LeaseLostException">Another process hosts the strategies now.</exception>
    public async Task WriteAsync(Lease lease, IReadOnlyList<PlacedOrder> placed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(placed);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                var ids = placed.Select(static one => one.Audit.Id).ToList();
                var known = await db.AuditEvents.Where(row => ids.Contains(row.Id)).Select(static row => row.Id).ToListAsync(token);
                foreach (var one in placed.Where(one => !known.Contains(one.Audit.Id)))
                {
                    db.AuditEvents.Add(one.Audit);
                    if (one.Message is { } message)
                    {
                        outbox.Add(db, message.Event == "NEW" ? message.Id : one.Audit.Id, message);
                    }
                }

                return true;
            },
            ct
        );
    }

    /// <summary>Ids of the events of a strategy's requests since a moment: what it asked for already.</summary>
    public async Task<IReadOnlySet<Guid>> AskedAsync(string strategy, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = await db
            .AuditEvents.Where(row => row.EntityType == AuditEntity && row.EntityId == strategy && row.Timestamp >= since)
            .Select(static row => row.Id)
            .ToListAsync(ct);
        return ids.ToHashSet();
    }

    /// <summary>Number of the newest step of any order; 0 where there is none.</summary>
    public async Task<long> NewestStepAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.OrderEvents.MaxAsync(static row => (long?)row.Id, ct) ?? 0;
    }

    /// <summary>The steps of a run's orders of some strategies up to a step, and in between the splits and dividends of the live account,
    /// in order.</summary>
    public async Task<IReadOnlyList<StrategyNews>> HistoryAsync(
        IReadOnlyList<string> strategies,
        string run,
        long upTo,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var steps = await (
            from order in db.Orders
            where strategies.Contains(order.Origin) && order.Run == run
            join step in db.OrderEvents on order.Id equals step.OrderId
            where step.Id <= upTo
            orderby step.Id
            select new StoredStep(step, order, null)
        )
            .AsNoTracking()
            .ToListAsync(ct);
        var told = await WithExecutionsAsync(db, steps, ct);
        return run.Length > 0 ? told : Merge(told, await AdjustmentsAsync(db, 0, upTo, ct));
    }

    /// <summary>The steps after a step, of all orders, in order; at most some thousand.</summary>
    /// <param name="step">Number of the last step that is known.</param>
    /// <param name="adjustment">Number of the last split or dividend of the live account that is known; null leaves them out.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<StrategyNews>> AfterAsync(long step, int? adjustment, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var steps = await (
            from one in db.OrderEvents
            where one.Id > step
            orderby one.Id
            join order in db.Orders on one.OrderId equals order.Id
            select new StoredStep(one, order, null)
        )
            .AsNoTracking()
            .Take(MaxSteps)
            .ToListAsync(ct);
        var told = await WithExecutionsAsync(db, steps, ct);
        var newest = steps.Count == 0 ? step : steps[^1].Event.Id;
        return adjustment is { } known ? Merge(told, await AdjustmentsAsync(db, known, newest, ct)) : told;
    }

    // Read after the steps: what came before one of them is there by now, as the engine stores one thing after the other.
    private static Task<List<AdjustmentRow>> AdjustmentsAsync(AITraderDbContext db, int known, long upTo, CancellationToken ct) =>
        db
            .Adjustments.AsNoTracking()
            .Where(row => row.AccountId == AccountRow.LiveAccount && row.Number > known && row.AfterStep <= upTo)
            .OrderBy(static row => row.Number)
            .ToListAsync(ct);

    private static IReadOnlyList<StrategyNews> Merge(IReadOnlyList<StoredStep> steps, List<AdjustmentRow> adjustments)
    {
        if (adjustments.Count == 0)
        {
            return steps;
        }

        var (news, next) = (new List<StrategyNews>(steps.Count + adjustments.Count), 0);
        foreach (var step in steps)
        {
            for (; next < adjustments.Count && adjustments[next].AfterStep < step.Event.Id; next++)
            {
                news.Add(new StoredAdjustment(adjustments[next]));
            }

            news.Add(step);
        }

        news.AddRange(adjustments.Skip(next).Select(static row => new StoredAdjustment(row)));
        return news;
    }

    // An order has one execution a tick and price.
    private static async Task<IReadOnlyList<StoredStep>> WithExecutionsAsync(
        AITraderDbContext db,
        List<StoredStep> steps,
        CancellationToken ct
    )
    {
        var ids = steps.Where(static step => step.Event.Quantity is not null).Select(static step => step.Event.OrderId).Distinct().ToList();
        if (ids.Count == 0)
        {
            return steps;
        }

        var rows = await db
            .Executions.AsNoTracking()
            .Where(row => ids.Contains(row.OrderId))
            .OrderBy(static row => row.TradeId)
            .ToListAsync(ct);
        var bySeq = rows.GroupBy(static row => (row.OrderId, row.Seq))
            .ToDictionary(static one => one.Key, static one => new Queue<ExecutionRow>(one));
        return steps.ConvertAll(step =>
            step.Event.Quantity is not null
            && bySeq.TryGetValue((step.Event.OrderId, step.Event.Seq), out var queue)
            && queue.TryDequeue(out var row)
                ? step with
                {
                    Execution = row,
                }
                : step
        );
    }
}
