using System.Runtime.CompilerServices;
using System.Text.Json;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Queries;

/// <summary>A run with what it came to so far.</summary>
/// <param name="Run">The run.</param>
/// <param name="Account">Its account; null where it has not traded yet.</param>
/// <param name="Equity">What the account was worth last; null before that is known.</param>
/// <param name="Trades">How many fills are booked.</param>
/// <param name="Speed">Speed of a replay; null for others.</param>
public sealed record RunOverview(RunRow Run, AccountRow? Account, decimal? Equity, long Trades, string? Speed);

/// <summary>What a run booked, all of one moment.</summary>
/// <param name="Account">Its account; null where it has not traded yet.</param>
/// <param name="Positions">Positions, marked at their last prices.</param>
/// <param name="Points">What the account was worth, by event time.</param>
/// <param name="Executions">Executions in the order of booking.</param>
/// <param name="Splits">Splits in the order of booking; each says which trade it came after.</param>
public sealed record RunHistory(
    AccountRow? Account,
    IReadOnlyList<PositionRow> Positions,
    IReadOnlyList<EquityRow> Points,
    IReadOnlyList<DecidedExecution> Executions,
    IReadOnlyList<AdjustmentRow> Splits
);

/// <summary>An execution with the price that the market showed when it was decided to trade.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="ArrivalPrice">Price of the signal that led to it; null where none did.</param>
public sealed record DecidedExecution(ExecutionRow Execution, decimal? ArrivalPrice);

/// <summary>Where a page of runs ended.</summary>
/// <param name="StartedAt">Start of its last run.</param>
/// <param name="Run">That run.</param>
public sealed record RunPosition(DateTimeOffset StartedAt, string Run);

/// <summary>Reads runs, and asks for their end.</summary>
public sealed class RunQueries(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Runs that are not to be deleted, newest first.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>; null for all.</param>
    /// <param name="search">Name of the search whose trials they are; null for all.</param>
    /// <param name="before">Last run of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyList<RunOverview>> ListAsync(
        string? kind,
        string? search,
        RunPosition? before,
        int limit,
        CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db.Runs.AsNoTracking().Where(row => row.DeleteAskedAt == null && (kind == null || row.Kind == kind));
        if (search is not null)
        {
            var setup = JsonSerializer.Serialize(new { search = new { name = search } });
            rows = rows.Where(row => EF.Functions.JsonContains(row.Setup, setup));
        }

        if (before is { StartedAt: var start, Run: var last })
        {
            rows = rows.Where(row => row.StartedAt < start || (row.StartedAt == start && row.Run.CompareTo(last) < 0));
        }

        var runs = await rows.OrderByDescending(static row => row.StartedAt)
            .ThenByDescending(static row => row.Run)
            .Take(limit)
            .ToListAsync(ct);
        return await WithAccountsAsync(db, runs, ct);
    }

    /// <summary>A run; null where there is none with this name, or it is to be deleted.</summary>
    public async Task<RunOverview?> FindAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Runs.AsNoTracking().Where(row => row.Run == run && row.DeleteAskedAt == null).ToListAsync(ct);
        return (await WithAccountsAsync(db, found, ct)).SingleOrDefault();
    }

    /// <summary>The replay that began last, of those that are not to be deleted; null without any.</summary>
    public async Task<RunRow?> LatestReplayAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db
            .Runs.AsNoTracking()
            .Where(static row => row.Kind == RunKinds.Replay && row.DeleteAskedAt == null)
            .OrderByDescending(static row => row.StartedAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Account, positions, equity and executions of a run, all of one moment.</summary>
    public async Task<RunHistory> HistoryAsync(string run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InSnapshotAsync(
            async token =>
            {
                var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Run == run, token);
                var positions = await PositionQueries.ListAsync(db, run, token);
                var points = await Points(db, run).ToListAsync(token);
                var id = account?.Id ?? 0;
                var executions = await Executions(db, id).ToListAsync(token);
                return new RunHistory(account, positions, points, executions, await Splits(db, id).ToListAsync(token));
            },
            ct
        );
    }

    private static IQueryable<AdjustmentRow> Splits(AITraderDbContext db, int account) =>
        db
            .Adjustments.AsNoTracking()
            .Where(row => row.AccountId == account && row.State == AdjustmentStates.Booked && row.Kind == AdjustmentKinds.Split)
            .OrderBy(static row => row.Number);

    /// <summary>What the account of a run was worth, by event time.</summary>
    public IAsyncEnumerable<EquityRow> EquityAsync(string run, CancellationToken ct) => ReadAsync(db => Points(db, run), ct);

    /// <summary>Booked fills of a run in the order of booking, one after the other.</summary>
    public IAsyncEnumerable<TradeRow> TradesAsync(string run, CancellationToken ct) =>
        ReadAsync(db => db.Trades.AsNoTracking().Where(row => row.RunId == run).OrderBy(static row => row.TradeId), ct);

    /// <summary>Orders of a run in the order in which they were placed, one after the other.</summary>
    public IAsyncEnumerable<OrderRow> OrdersAsync(string run, CancellationToken ct) =>
        ReadAsync(
            db => db.Orders.AsNoTracking().Where(row => row.Run == run).OrderBy(static row => row.CreatedAt).ThenBy(static row => row.Id),
            ct
        );

    /// <summary>Signals of a run in event order, one after the other.</summary>
    public IAsyncEnumerable<SignalRow> SignalsAsync(string run, CancellationToken ct) =>
        ReadAsync(
            db =>
                db.Signals.AsNoTracking()
                    .Where(row => row.Run == run)
                    .OrderBy(static row => row.Timestamp)
                    .ThenBy(static row => row.Seq)
                    .ThenBy(static row => row.Id),
            ct
        );

    /// <summary>Marks a run to be deleted, with an audit event; false where it is live, has not ended or is not there.</summary>
    public async Task<bool> AskDeleteAsync(string run, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                DateTimeOffset? now = time.GetUtcNow();
                var marked = await db
                    .Runs.Where(row =>
                        row.Run == run && row.Run != string.Empty && row.State != ReplayStates.Running && row.DeleteAskedAt == null
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(static row => row.DeleteAskedAt, now), token);
                if (marked > 0)
                {
                    audit.Add(db, new AuditEntry("run.delete_asked", user, "run", run, new { run }));
                }

                return marked > 0;
            },
            ct
        );
    }

    /// <summary>Asks for the storing of a backtest, with an audit event, and returns the id of the job that does it.</summary>
    public async Task<Guid> AskStoreAsync(StoredBacktest backtest, Guid? user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(backtest);
        await using var db = await contexts.CreateDbContextAsync(ct);
        // New each time: the same backtest may be stored again after it was deleted.
        var job = Guid.CreateVersion7(time.GetUtcNow());
        await db.InTransactionAsync(
            token =>
            {
                db.Jobs.Add(
                    new JobRow
                    {
                        Id = job,
                        Type = StoredBacktest.JobType,
                        Payload = backtest.ToJson(),
                        CreatedAt = time.GetUtcNow(),
                    }
                );
                audit.Add(db, new AuditEntry("run.store_asked", user, "run", backtest.Run, new { run = backtest.Run, job }));
                return Task.CompletedTask;
            },
            ct
        );
        return job;
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(
        Func<AITraderDbContext, IQueryable<T>> rows,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await foreach (var row in rows(db).AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return row;
        }
    }

    private static IQueryable<EquityRow> Points(AITraderDbContext db, string run) =>
        db
            .Equity.AsNoTracking()
            .Where(row => db.Accounts.Any(account => account.Id == row.AccountId && account.Run == run))
            .OrderBy(static row => row.Timestamp);

    private static IQueryable<DecidedExecution> Executions(AITraderDbContext db, int account) =>
        from execution in db.Executions.AsNoTracking()
        where execution.AccountId == account
        join order in db.Orders on execution.OrderId equals order.Id into orders
        from order in orders.DefaultIfEmpty()
        join decision in db.Decisions on order.DecisionId equals decision.Id into decisions
        from decision in decisions.DefaultIfEmpty()
        join signal in db.Signals on decision.SignalId equals signal.Id into signals
        from signal in signals.DefaultIfEmpty()
        orderby execution.TradeId
        select new DecidedExecution(execution, signal == null ? null : signal.Price);

    private static async Task<IReadOnlyList<RunOverview>> WithAccountsAsync(AITraderDbContext db, List<RunRow> runs, CancellationToken ct)
    {
        var names = runs.ConvertAll(static run => run.Run);
        var accounts = await db.Accounts.AsNoTracking().Where(row => names.Contains(row.Run)).ToListAsync(ct);
        var ids = accounts.ConvertAll(static account => account.Id);
        var worth = await db
            .Equity.Where(row => ids.Contains(row.AccountId))
            .GroupBy(static row => row.AccountId)
            .Select(static group => group.OrderByDescending(static row => row.Timestamp).First())
            .ToDictionaryAsync(static row => row.AccountId, static row => row.Equity, ct);
        var trades = await db
            .Trades.Where(row => names.Contains(row.RunId))
            .GroupBy(static row => row.RunId)
            .Select(static group => new { Run = group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(static row => row.Run, static row => row.Count, StringComparer.Ordinal, ct);
        var speeds = await db
            .ReplayRuns.Where(row => names.Contains(row.Run))
            .ToDictionaryAsync(static row => row.Run, static row => row.Speed, StringComparer.Ordinal, ct);
        return runs.ConvertAll(run =>
        {
            var account = accounts.Find(row => row.Run == run.Run);
            return new RunOverview(
                run,
                account,
                account is not null && worth.TryGetValue(account.Id, out var equity) ? equity : null,
                trades.GetValueOrDefault(run.Run),
                speeds.GetValueOrDefault(run.Run)
            );
        });
    }
}
